"""How long accounts stay: nobody keeps the address of somebody who does not come back (DSGVO Art. 5 (1) e)."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.accounts.models import Session
from regiokit.organisations.models import Membership, Organisation


def erase_idle(*, before: datetime) -> int:
    """Erase accounts whose last sign-in lies before that moment (UTC); returns how many.

    Staff stays until an administrator removes it, and so does whoever alone acts for an organisation: its offers must
    not be left without anybody who answers. When nobody of an organisation comes back, whoever was seen last stays.
    """
    idle = _outside().filter(last_login__lt=before).order_by("last_login", "pk")
    return sum(_erase_unless_needed(pk, before=before) for pk in list(idle.values_list("pk", flat=True)))


@transaction.atomic
def _erase_unless_needed(pk: int, *, before: datetime) -> bool:
    """Erase one person, unless an organisation would be left alone or the person signed in meanwhile."""
    theirs = Membership.objects.filter(user=pk).values("organisation")
    # Locked, so that two runs at once do not each count on the other's person.
    organisations = list(Organisation.objects.select_for_update().filter(pk__in=theirs).order_by("pk"))
    user = _outside().select_for_update(of=("self",)).filter(pk=pk, last_login__lt=before).first()
    if user is None or not all(found.memberships.exclude(user=pk).exists() for found in organisations):
        return False
    user.delete()
    return True


def erase_never_used(*, before: datetime) -> int:
    """Erase accounts that were begun before that moment (UTC) and never confirmed with a code; returns how many."""
    begun = _outside().filter(last_login=None, date_joined__lt=before)
    found = list(begun.exclude(Exists(Membership.objects.filter(user=OuterRef("pk")))))
    for user in found:
        user.delete()
    return len(found)


def erase_sessions(*, before: datetime) -> int:
    """Erase sessions that were last used before that moment (UTC) or have run out; returns how many."""
    return Session.objects.filter(Q(last_used__lt=before) | Q(expire_date__lt=timezone.now())).delete()[0]


def _outside():
    return get_user_model().objects.filter(is_superuser=False, is_staff=False, groups=None)
