"""The second factor: who has one, whether this session has shown it, and what happens when a phone is lost."""

import logging
import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt, is_mfa_enabled
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log as write_entry

from portal.accounts.domain.sessions import end_sessions
from portal.accounts.models import EndedSession
from regiokit import mail

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""Recovery codes stand in for one of these, they are none."""

BY_MAIL = {"code", "break_glass"}
RESET = "accounts.factor_reset"
log = logging.getLogger(__name__)


class NoFactor(ValueError):
    """Nobody with this address has a second factor."""


def has_factor(user) -> bool:
    """Whether this person has set up an app or a passkey."""
    return is_mfa_enabled(user, FACTORS)


def shown(request, user) -> bool:
    """Whether the factor was given, or set up, in this very session."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def is_recent(request) -> bool:
    """Whether the person has just shown who they are: by the factor, or by mail when there is none.

    Holds for `ACCOUNT_REAUTHENTICATION_TIMEOUT` seconds.
    """
    wanted = {"mfa"} if has_factor(request.user) else BY_MAIL
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(record["method"] in wanted and record["at"] > since for record in records)


def forget_shown(request, user, *, authenticator_id: int) -> None:
    """Take a removed factor off the record of this session; after the last one, all of them."""
    kept = [
        record
        for record in get_authentication_records(request, user)
        if record["method"] != "mfa" or (record.get("id") != authenticator_id and has_factor(user))
    ]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept


@transaction.atomic
def use_up(authenticator: Authenticator, *, code: str) -> bool:
    """Note in the database that a code of an app was used; False when it, or a later one, was used before (RFC 6238, 5.2).

    allauth notes it in the cache, which two processes without Redis do not share, and for a shorter time than it holds.
    """
    stored = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(stored.data["secret"])
    fitting = [
        counter
        for counter in yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter)))
        and counter > stored.data.get("used", 0)
    ]
    if not fitting:
        return False
    stored.data["used"] = authenticator.data["used"] = max(fitting)
    stored.save(update_fields=["data"])
    return True


@transaction.atomic
def reset_factor(email: str):
    """Remove every factor of a person who has lost theirs, end their sessions and tell them. Raises `NoFactor`."""
    user = get_user_model().objects.select_for_update().filter(email__iexact=email.strip()).first()
    if user is None or not Authenticator.objects.filter(user=user).delete()[0]:
        raise NoFactor(email)
    end_sessions([user.pk], reason=EndedSession.Reason.FACTOR)
    write_entry(instance=user, action=RESET)
    log.warning("second factor reset for user %s", user.pk)
    tell(user, what=_("Die Verwaltung des Portals hat Ihren zweiten Faktor zurückgesetzt."))
    return user


def tell(user, *, what: str) -> None:
    """Write to a person that their second factor has changed; `what` is one sentence."""
    mail.queue("account/mail/factor_changed", to=user.email, context={"user": user, "what": what})
