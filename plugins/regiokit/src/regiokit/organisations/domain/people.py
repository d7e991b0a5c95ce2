"""Members among themselves: another role, removal, leaving. An organisation that has an owner never loses the last one here."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from regiokit.organisations.domain import audit, letters
from regiokit.organisations.domain.members import end, give_role, lock
from regiokit.organisations.models import Membership, Organisation

OWNER, EDITOR = Membership.Role.OWNER, Membership.Role.EDITOR


class LastOwner(Exception):
    """Nobody would be responsible any more; somebody else must be named first."""


class NotResponsible(Exception):
    """The person is not, or no longer, responsible for the organisation."""


@transaction.atomic
def change_role(membership: Membership, *, role: str, by) -> None:
    """Give a member another role and tell those concerned. Raises `NotResponsible`, `LastOwner`, `Membership.DoesNotExist`."""
    organisation = lock(membership.organisation)
    require_owner(organisation, by)
    stored = organisation.memberships.select_related("user").get(pk=membership.pk)
    if stored.role == role:
        return
    if role != OWNER:
        _keep_an_owner(organisation, without=stored)
    give_role(organisation, stored.user_id, role=role)
    audit.note(organisation, audit.ROLE, by=by, person=stored.user_id, role=str(role))
    letters.tell(
        [stored.user.email, *letters.owners(organisation, but=by.pk)],
        organisation,
        subject=_("Neue Rolle bei „%(name)s“"),
        text=_("%(person)s hat bei „%(name)s“ jetzt die Rolle „%(role)s“. Das hat %(by)s so festgelegt."),
        button=people_button(organisation),
        person=stored.user,
        role=Membership.Role(role).label,
        by=by,
    )


@transaction.atomic
def remove_member(membership: Membership, *, by) -> None:
    """End somebody else's membership and tell those concerned. Raises as `change_role` does."""
    organisation = lock(membership.organisation)
    require_owner(organisation, by)
    stored = organisation.memberships.select_related("user").get(pk=membership.pk)
    _keep_an_owner(organisation, without=stored)
    end(stored)
    audit.note(organisation, audit.REMOVED, by=by, person=stored.user_id)
    letters.tell(
        [stored.user.email, *letters.owners(organisation, but=by.pk)],
        organisation,
        subject=_("%(person)s handelt nicht mehr für „%(name)s“"),
        text=_(
            "%(by)s hat die Mitgliedschaft von %(person)s bei „%(name)s“ beendet. Die Einträge der Organisation bleiben.\n\n"
            "War das ein Irrtum? Verantwortliche können die Person jederzeit wieder einladen."
        ),
        person=stored.user,
        by=by,
    )


@transaction.atomic
def leave(membership: Membership, *, successor: Membership | None = None) -> None:
    """End one's own membership. The last owner names a `successor` of the same organisation, who becomes owner with it.

    Raises `LastOwner` without one who can be, `Membership.DoesNotExist` when it has ended already.
    """
    organisation = lock(membership.organisation)
    stored = organisation.memberships.select_related("user").get(pk=membership.pk)
    if successor is not None and is_last_owner(organisation, stored):
        heir = organisation.memberships.filter(pk=successor.pk, user__is_active=True).exclude(pk=stored.pk).first()
        if heir is None:
            raise LastOwner(organisation)
        give_role(organisation, heir.user_id, role=OWNER)
        audit.note(organisation, audit.ROLE, by=stored.user, person=heir.user_id, role=str(OWNER))
    _keep_an_owner(organisation, without=stored)
    end(stored)
    audit.note(organisation, audit.LEFT, by=stored.user)
    letters.tell(
        letters.owners(organisation),
        organisation,
        subject=_("%(person)s hat „%(name)s“ verlassen"),
        text=_(
            "%(person)s handelt nicht mehr für „%(name)s“. Die Einträge der Organisation bleiben.\n\n"
            "Sie sind für die Organisation verantwortlich: Sie ändern ihre Angaben und entscheiden, wer mitarbeitet."
        ),
        button=people_button(organisation),
        person=stored.user,
    )


def is_last_owner(organisation: Organisation, membership: Membership) -> bool:
    """Whether nobody else with an open account is responsible for the organisation."""
    if membership.role != OWNER:
        return False
    others = organisation.memberships.filter(role=OWNER, user__is_active=True).exclude(pk=membership.pk)
    return not others.exists()


def require_owner(organisation: Organisation, user) -> None:
    """Raise `NotResponsible` unless the person is responsible for the organisation."""
    if not organisation.memberships.filter(user=user.pk, role=OWNER).exists():
        raise NotResponsible(organisation)


def people_button(organisation: Organisation) -> tuple:
    """Return label and address of the page about the people of the organisation, for mails."""
    return _("Menschen der Organisation ansehen"), letters.page("organisation_people", organisation.pk)


def _keep_an_owner(organisation: Organisation, *, without: Membership) -> None:
    if is_last_owner(organisation, without):
        raise LastOwner(organisation)
