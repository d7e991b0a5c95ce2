"""How long accounts stay: nobody keeps the address of somebody who does not come back (DSGVO Art. 5 (1) e)."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef

from regiokit.organisations.models import Membership, Organisation


def erase_idle(*, before: datetime) -> int:
    """Erase accounts whose last sign-in lies before that moment (UTC); returns how many.

    Staff stays until an administrator removes it, and so does whoever alone acts for an organisation: its offers must
    not be left without anybody who answers.
    """
    alone = Organisation.objects.annotate(people=Count("memberships")).filter(people=1)
    only_one = Membership.objects.filter(user=OuterRef("pk"), organisation__in=alone)
    idle = _outside().filter(last_login__lt=before).exclude(Exists(only_one))
    return _erase(idle)


def erase_never_used(*, before: datetime) -> int:
    """Erase accounts that were begun before that moment (UTC) and never confirmed with a code; returns how many."""
    begun = _outside().filter(last_login=None, date_joined__lt=before)
    return _erase(begun.exclude(Exists(Membership.objects.filter(user=OuterRef("pk")))))


def _outside():
    return get_user_model().objects.filter(is_superuser=False, is_staff=False, groups=None)


def _erase(users) -> int:
    found = list(users)
    for user in found:
        user.delete()
    return len(found)
