"""Keeps machines away from public forms without puzzles: a rate, an honeypot, and a signed time stamp.

All three work without JavaScript and without a cookie (WCAG 2.2, 3.3.8: no cognitive test).
"""

import hashlib
import time

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MIN_SECONDS = 2
MAX_SECONDS = 24 * 3600
STAMP = "regiokit.limits.stamp"


class TooMany(Exception):
    """Somebody does the same thing too often; `retry_after` says after how many seconds it may work again.

    `of_address` is true when it is not the visitor but the e-mail address that had enough.
    """

    def __init__(self, retry_after: int, *, of_address: bool = False):
        super().__init__(retry_after)
        self.retry_after = retry_after
        self.of_address = of_address


def hit(scope: str, who: str, *, limit: int, seconds: int) -> None:
    """Count one try of `who` in `scope`; raises `TooMany` from the try `limit` + 1 within `seconds` on.

    `who` is stored as a keyed hash that changes every day, never as itself. The count lives in Django's cache, which
    several processes must share (Redis).
    """
    now = int(time.time())
    window = now // seconds
    digest = hashlib.blake2b(f"{who}|{now // 86400}".encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12)
    key = f"regiokit.limits.{scope}.{digest.hexdigest()}.{window}"
    cache.add(key, 0, timeout=seconds)
    try:
        count = cache.incr(key)
    except ValueError:
        # The entry ran out between the two calls: a new window has begun.
        cache.set(key, 1, timeout=seconds)
        count = 1
    if count > limit:
        raise TooMany(retry_after=seconds - now % seconds)


def sending(request, scope: str, *, address: str = "", per_hour: int = 10, address_per_day: int = 5) -> None:
    """Count one sent form of this visitor and, with an `address`, one mail to it. Raises `TooMany`.

    The second limit keeps people from filling a stranger's mailbox from many places.
    """
    hit(scope, client(request), limit=per_hour, seconds=3600)
    if address:
        try:
            hit(f"{scope}.address", address.strip().lower(), limit=address_per_day, seconds=86400)
        except TooMany as error:
            raise TooMany(error.retry_after, of_address=True) from error


def client(request) -> str:
    """Return the network address of the visitor, believing as many proxies as `TRUSTED_PROXIES` names."""
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


class GuardedForm(forms.Form):
    """A public form with an honeypot (`website2`) and a signed time stamp (`stamp`).

    Whoever fills the honeypot or answers faster than `MIN_SECONDS` is asked to send once more; what was typed stays.
    """

    website2 = forms.CharField(
        label=_("Dieses Feld bitte leer lassen"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stamp"].initial = signing.dumps(int(time.time()), salt=STAMP)

    def clean_website2(self):
        """Refuse what only a machine fills."""
        if self.cleaned_data.get("website2"):
            raise ValidationError(_("Bitte lassen Sie dieses Feld leer und senden Sie noch einmal."))
        return ""

    def clean(self):
        """Refuse a form that was sent too quickly, or a stamp that is not ours or too old."""
        cleaned = super().clean()
        age = self._age()
        if MIN_SECONDS <= age <= MAX_SECONDS:
            return cleaned
        self.data = self.data.copy()
        self.data[self.add_prefix("stamp")] = signing.dumps(int(time.time()) - MIN_SECONDS, salt=STAMP)
        if age < MIN_SECONDS:
            raise ValidationError(_("Das ging sehr schnell. Bitte prüfen Sie Ihre Angaben und senden Sie noch einmal."))
        raise ValidationError(
            _("Das Formular war lange offen. Bitte prüfen Sie Ihre Angaben und senden Sie noch einmal.")
        )

    def _age(self) -> float:
        """How many seconds ago the form was drawn; more than `MAX_SECONDS` when its stamp is not ours."""
        try:
            return time.time() - signing.loads(self.data.get(self.add_prefix("stamp"), ""), salt=STAMP)
        except (signing.BadSignature, TypeError):
            return MAX_SECONDS + 1
