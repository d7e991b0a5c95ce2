"""What can be done with organisations."""

from django.db import transaction
from django.utils import timezone

from regiokit.organisations.models import Membership, Organisation


def of_member(user, *, kind: str | None = None):
    """Return the organisations that `user` acts for; none for strangers. Every self-service view begins here."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    found = Organisation.objects.filter(memberships__user=user)
    return found.filter(kind=kind) if kind else found


def recipients(organisation: Organisation) -> list[str]:
    """Return the addresses that mails about enquiries go to: its members, or its own address when it has none."""
    members = organisation.memberships.filter(user__is_active=True).values_list("user__email", flat=True)
    return sorted({address for address in members if address}) or ([organisation.email] if organisation.email else [])


@transaction.atomic
def found_organisation(user, **fields) -> Organisation:
    """Create an organisation with the given model fields and make `user` responsible for it."""
    organisation = Organisation.objects.create(**fields)
    Membership.objects.create(organisation=organisation, user=user, role=Membership.Role.OWNER)
    return organisation


@transaction.atomic
def verify_organisation(organisation: Organisation, *, by) -> None:
    """Note that a member of staff has checked that the organisation exists and is what it says."""
    organisation.verified_at = timezone.now()
    organisation.verified_by = by
    organisation.save(update_fields=["verified_at", "verified_by"])
