"""What allauth's second factor asks its host: German words, the portal's own host and name, secrets under lock."""

import base64
import secrets
from ipaddress import ip_address
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PURPOSE = b"portal.accounts.second-factor"


class FactorAdapter(DefaultMFAAdapter):
    """The portal's answers to `allauth.mfa`."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": gettext_lazy("Richten Sie zuerst eine Code-App oder einen Passkey ein."),
        "incorrect_code": gettext_lazy("Das stimmt nicht, oder es galt schon. Bitte warten Sie auf den nächsten Code."),
        "unverified_email": gettext_lazy("Bestätigen Sie zuerst Ihre E-Mail-Adresse."),
    }

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text: str) -> str:
        """Lock a secret with the portal's key, so that a copy of the database alone signs nobody in."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; after a change of `SECRET_KEY` one that nobody knows, so that no code fits any more."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user, type) -> str:
        """Return a name for a new passkey, for people who give none."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the host of `BASE_URL`, whatever name a proxy or a visitor asked for."""
        return {"id": _host(), "name": self._get_site_name()}


def passkeys_possible() -> bool:
    """Whether browsers make passkeys for this portal: only for a name, and only over https or on this machine."""
    if _host() == "localhost":
        return True
    try:
        ip_address(_host())
    except ValueError:
        return settings.BASE_URL.startswith("https://")
    return False


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or ""


def _lock() -> MultiFernet:
    return MultiFernet([Fernet(_key(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
