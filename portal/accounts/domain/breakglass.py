"""The way in for staff when mail is down: an address that the operator prints on the server and hands over.

It works once and for ten minutes, only for staff, and both its making and its use are written to the log. It does not
stand in for a second factor; for a lost one there is `staff_reset_factor`.
"""

import logging
from datetime import timedelta

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log as write_entry

from portal.accounts.domain.staff import may_enter_admin
from regiokit import conf, links

PURPOSE = "staff-code"
MAX_AGE = timedelta(minutes=10)
USED = "accounts.break_glass"
log = logging.getLogger(__name__)


class NotStaff(ValueError):
    """Nobody on the staff has this address."""


def make_address(email: str) -> str:
    """Return an address that signs this member of staff in once. Raises `NotStaff`."""
    user = get_user_model().objects.filter(email__iexact=email.strip()).first()
    if user is None or not may_enter_admin(user):
        raise NotStaff(email)
    log.warning("break-glass address made for user %s", user.pk)
    return conf.absolute(reverse("account_break_glass", args=[links.sign(PURPOSE, [user.pk, _state(user)])]))


def person_behind(token: str, *, lock: bool = False):
    """Return the member of staff an unused address belongs to. Raises `regiokit.links.LinkError`."""
    value = links.read(PURPOSE, token, max_age=MAX_AGE)
    users = get_user_model().objects.select_for_update() if lock else get_user_model().objects
    user = users.filter(pk=value[0]).first()
    if user is None or not may_enter_admin(user):
        raise links.LinkAltered(PURPOSE)
    if _state(user) != value[1]:
        raise links.LinkExpired(PURPOSE)
    return user


@transaction.atomic
def sign_in(request, token: str, *, next_url: str):
    """Sign the person in, which uses the address up. Returns the answer that leads on. Raises `regiokit.links.LinkError`.

    The address stands in for the code from the mail alone: who has a second factor is asked for it as always.
    """
    user = person_behind(token, lock=True)
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    write_entry(instance=user, action=USED, user=user)
    log.warning("break-glass address used by user %s", user.pk)
    record_authentication(request, user, "break_glass")
    # Mail is down: nobody is asked to confirm an address now.
    return perform_login(request, Login(user=user, redirect_url=next_url, email_verification="none"))


def _state(user) -> str:
    # Signing in, by whatever door, changes this: so an address that was used, or overtaken, opens nothing any more.
    return user.last_login.isoformat() if user.last_login else ""
