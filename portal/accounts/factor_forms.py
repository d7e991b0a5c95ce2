"""Forms of the second factor: allauth's checks, our words."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.domain.factor import use_up

LONGEST = 20
BROKEN = (TypeError, ValueError, KeyError, AttributeError, IndexError, InvalidSignature)
"""What the libraries raise when a browser, or somebody who plays one, sends something that is no passkey."""


def _code_field(label):
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        error_messages={"required": _("Bitte geben Sie den Code ein.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "off"}),
    )


class _OnceOnly:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(_("Code aus der App, oder ein Ersatzcode"))

    def clean_code(self):
        """Take each code of an app once, on whatever process it arrives."""
        code = super().clean_code()
        found = self.authenticator
        if found.type == Authenticator.Type.TOTP and not use_up(found, code=code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_OnceOnly, base.AuthenticateForm):
    """Asks for a code at the sign-in."""


class CodeAgainForm(_OnceOnly, base.ReauthenticateForm):
    """Asks for a code again."""


class FirstCodeForm(ActivateTOTPForm):
    """Asks for the first code of a new app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(_("Code aus der App"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class _PasskeyField:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        message = _("Ihr Gerät hat keinen Passkey geschickt. Bitte versuchen Sie es noch einmal.")
        self.fields["credential"].error_messages |= {"required": message, "invalid": message}


class AddPasskeyForm(_PasskeyField, webauthn.AddWebAuthnForm):
    """Takes a new passkey and its name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name"),
            required=False,
            max_length=60,
            help_text=_("Zum Beispiel: Diensthandy, Sicherheitsschlüssel."),
        )

    def clean(self):
        """Refuse what is no passkey with words."""
        try:
            return super().clean()
        except BROKEN as error:
            raise _no_passkey() from error


class _UsePasskey(_PasskeyField):
    def clean_credential(self):
        """Refuse what is no passkey, or a foreign one, with words."""
        try:
            return super().clean_credential()
        except BROKEN as error:
            raise _no_passkey() from error


class UsePasskeyForm(_UsePasskey, webauthn.AuthenticateWebAuthnForm):
    """Takes a passkey at the sign-in."""


class UsePasskeyAgainForm(_UsePasskey, webauthn.ReauthenticateWebAuthnForm):
    """Takes a passkey again."""


def _no_passkey() -> ValidationError:
    return ValidationError(
        _("Dieser Passkey passt nicht zu Ihrem Konto. Nehmen Sie einen anderen oder einen Ersatzcode.")
    )
