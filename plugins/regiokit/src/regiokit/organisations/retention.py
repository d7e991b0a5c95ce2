"""How long organisations stay that nobody acts for, and what is noted about people (DSGVO Art. 5 (1) e)."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.models import ModelLogEntry

from regiokit.organisations.domain import in_use
from regiokit.organisations.models import Invitation, Organisation, VerificationDecision


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


def erase_invitations(*, before: datetime) -> int:
    """Erase invitations, accepted or not, that were last sent before that moment (UTC); return how many."""
    return Invitation.objects.filter(sent_at__lt=before).delete()[0]


def erase_decisions(*, before: datetime) -> int:
    """Erase decisions about the check made before that moment (UTC) and overtaken by a newer one; return how many."""
    newer = VerificationDecision.objects.filter(organisation=OuterRef("organisation"), at__gt=OuterRef("at"))
    found = VerificationDecision.objects.filter(Exists(newer), at__lt=before).values_list("pk", flat=True)
    return VerificationDecision.objects.filter(pk__in=list(found)).delete()[0]


def erase_log(*, before: datetime) -> int:
    """Erase the lines about acts on organisations that were written before that moment (UTC); return how many."""
    lines = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Organisation))
    return lines.filter(timestamp__lt=before).delete()[0]
