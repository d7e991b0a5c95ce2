"""Who acts for an organisation."""

from collections.abc import Mapping

from django.db import transaction

from regiokit.organisations.domain import audit
from regiokit.organisations.models import Membership, Organisation
from regiokit.organisations.signals import membership_changed


def of_member(user, *, kind: str | None = None):
    """Return the organisations that `user` acts for; none for strangers. Every self-service view begins here."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    found = Organisation.objects.filter(memberships__user=user)
    return found.filter(kind=kind) if kind else found


def recipients(organisation: Organisation) -> list[str]:
    """Return the addresses that mails to the organisation go to: its members, or its own address when it has none."""
    members = organisation.memberships.filter(user__is_active=True).values_list("user__email", flat=True)
    return sorted({address for address in members if address}) or ([organisation.email] if organisation.email else [])


@transaction.atomic
def set_members(organisation: Organisation, *, roles: Mapping, by=None) -> None:
    """Let exactly these people act for the organisation; `roles` maps users to `Membership.Role`. For staff alone."""
    lock(organisation)
    wanted = {user.pk: role for user, role in roles.items()}
    for membership in organisation.memberships.exclude(user__in=wanted):
        end(membership)
        audit.note(organisation, audit.REMOVED, by=by, person=membership.user_id)
    for user_id, role in wanted.items():
        if give_role(organisation, user_id, role=role):
            audit.note(organisation, audit.ROLE, by=by, person=user_id, role=str(role))


def lock(organisation: Organisation) -> Organisation:
    """Let nobody else change the people of this organisation until the running transaction ends; returns it as stored."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def give_role(organisation: Organisation, user_id: int, *, role: str) -> bool:
    """Write the role of a person, who joins with it if need be; returns whether that changed anything.

    The organisation must be locked.
    """
    stored = organisation.memberships.filter(user=user_id).first()
    if stored is None:
        Membership.objects.create(organisation=organisation, user_id=user_id, role=role)
    elif stored.role != role:
        organisation.memberships.filter(pk=stored.pk).update(role=role, claimed_at=None)
    changed = stored is None or stored.role != role
    if changed:
        _announce(organisation.pk, user_id, old_role=stored.role if stored else "", role=role)
    return changed


def end(membership: Membership) -> None:
    """Delete a membership. The organisation must be locked."""
    organisation_id, user_id, role = membership.organisation_id, membership.user_id, membership.role
    membership.delete()
    _announce(organisation_id, user_id, old_role=role, role="")


def _announce(organisation_id: int, user_id: int, *, old_role: str, role: str) -> None:
    def announce() -> None:
        membership_changed.send_robust(
            sender=Membership, organisation_id=organisation_id, user_id=user_id, old_role=old_role, role=role
        )

    transaction.on_commit(announce, robust=True)
