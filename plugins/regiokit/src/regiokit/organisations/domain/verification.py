"""Staff check that an organisation exists and is what it says. Every decision is kept."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regiokit.organisations.domain import audit, letters
from regiokit.organisations.domain.organisations import note_change
from regiokit.organisations.models import Organisation, VerificationDecision

Decision, Ground = VerificationDecision.Decision, VerificationDecision.Ground


@transaction.atomic
def verify_organisation(
    organisation: Organisation, *, by, ground: str, register_number: str = "", reason: str = ""
) -> None:
    """Note that a member of staff has checked the organisation; `ground` is a `VerificationDecision.Ground`."""
    organisation.verified_at, organisation.verified_by = timezone.now(), by
    organisation.save(update_fields=["verified_at", "verified_by"])
    organisation.verifications.create(
        decision=Decision.VERIFIED, ground=ground, register_number=register_number, reason=reason, by=by
    )
    audit.note(organisation, audit.VERIFIED, by=by, ground=str(ground))
    note_change(organisation)


@transaction.atomic
def unverify_organisation(organisation: Organisation, *, by, reason: str) -> None:
    """Take the note back and tell those who are responsible why. Nothing happens when there is none."""
    if organisation.verified_at is None:
        return
    _clear(organisation, Decision.WITHDRAWN, by=by, reason=reason)
    audit.note(organisation, audit.UNVERIFIED, by=by)
    letters.tell(
        letters.owners(organisation),
        organisation,
        subject=_("„%(name)s“ gilt nicht mehr als geprüft"),
        text=_(
            "Wir haben den Vermerk „geprüft“ bei „%(name)s“ zurückgenommen. Ihre Einträge bleiben öffentlich.\n\n"
            "Der Grund: %(reason)s\n\nWenn etwas daran nicht stimmt, rufen Sie uns an oder antworten Sie auf diese E-Mail."
        ),
        reason=reason,
    )
    note_change(organisation)


def lapse(organisation: Organisation, *, by, changed: str) -> None:
    """Clear the note because the organisation changed who it is; `changed` names the fields. Runs inside the change."""
    _clear(organisation, Decision.LAPSED, by=by, reason=changed)
    audit.note(organisation, audit.LAPSED, by=by)


def _clear(organisation: Organisation, decision: str, *, by, reason: str) -> None:
    organisation.verified_at = organisation.verified_by = None
    organisation.save(update_fields=["verified_at", "verified_by"])
    organisation.verifications.create(decision=decision, reason=reason, by=by)
