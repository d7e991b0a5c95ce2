"""What waits for staff. Every function returns a queryset of organisations, those that waited longest first."""

from django.db.models import Exists, OuterRef, QuerySet

from regiokit.organisations.models import Membership, Organisation


def to_verify() -> QuerySet[Organisation]:
    """Return the organisations that nobody of the staff has checked, or that changed who they are since."""
    return Organisation.objects.filter(verified_at=None).order_by("created_at", "pk")


def without_owner() -> QuerySet[Organisation]:
    """Return the organisations for which no person with an open account is responsible."""
    owners = Membership.objects.filter(organisation=OuterRef("pk"), role=Membership.Role.OWNER, user__is_active=True)
    return Organisation.objects.exclude(Exists(owners)).order_by("created_at", "pk")


def claimed() -> QuerySet[Membership]:
    """Return the memberships of editors who offered to become responsible, the oldest offer first."""
    found = Membership.objects.filter(claimed_at__isnull=False, user__is_active=True)
    return found.select_related("organisation", "user").order_by("claimed_at", "pk")
