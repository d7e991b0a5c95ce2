"""How long organisations stay that nobody acts for (DSGVO Art. 5 (1) e: they name a person to talk to)."""

from datetime import datetime

from django.db import transaction

from regiokit.organisations.domain import in_use
from regiokit.organisations.models import Organisation


def erase_abandoned(*, before: datetime) -> int:
    """Erase organisations made before that moment (UTC) that have no member and nothing of any plugin; return how many."""
    found = Organisation.objects.filter(memberships=None, created_at__lt=before).values_list("pk", flat=True)
    return sum(_erase_unless_used(pk) for pk in list(found))


@transaction.atomic
def _erase_unless_used(pk: int) -> bool:
    organisation = Organisation.objects.select_for_update().filter(pk=pk).first()
    if organisation is None or organisation.memberships.exists() or in_use(organisation):
        return False
    organisation.delete()
    return True
