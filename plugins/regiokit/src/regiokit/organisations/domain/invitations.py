"""Colleagues are invited by e-mail: one address, one role, one use, two weeks."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regiokit import limits, mail
from regiokit.organisations.domain import audit, letters
from regiokit.organisations.domain.members import give_role, lock
from regiokit.organisations.domain.people import people_button, require_owner
from regiokit.organisations.models import Invitation, Membership, Organisation
from regiokit.organisations.models.invitation import two_weeks_from_now

DAY = 24 * 3600
PER_ORGANISATION, PER_PERSON, PER_ADDRESS = 20, 20, 3
"""How many invitations a day an organisation sends, a person sends, and one address gets from one organisation."""


class AlreadyMember(Exception):
    """Somebody with this address acts for the organisation already; the argument is the membership."""


class InvitationOver(Exception):
    """The invitation was used, withdrawn, or has run out."""


class OtherAddress(Exception):
    """The person signed in with another address than the invited one."""


def invite(organisation: Organisation, *, email: str, role: str, by, as_staff: bool = False) -> Invitation:
    """Invite the owner of an address, or send the open invitation of that address again with a new link.

    `as_staff`: a member of staff looks for somebody who becomes responsible. Raises `AlreadyMember`,
    `people.NotResponsible`, and `limits.TooMany` when somebody invites too many.
    """
    email = email.strip().lower()
    with transaction.atomic():
        organisation = lock(organisation)
        if not as_staff:
            require_owner(organisation, by)
        if member := organisation.memberships.filter(user__email__iexact=email, user__is_active=True).first():
            raise AlreadyMember(member)
        limits.hit("invitation.organisation", str(organisation.pk), limit=PER_ORGANISATION, seconds=DAY)
        limits.hit("invitation.person", str(by.pk), limit=PER_PERSON, seconds=DAY)
        limits.hit("invitation.address", f"{organisation.pk} {email}", limit=PER_ADDRESS, seconds=DAY)
        token = secrets.token_urlsafe(32)
        invitation, _new = Invitation.objects.update_or_create(
            organisation=organisation,
            email=email,
            accepted_at=None,
            withdrawn_at=None,
            defaults={
                "role": role,
                "token_hash": _hash(token),
                "invited_by": by,
                "sent_at": timezone.now(),
                "expires_at": two_weeks_from_now(),
            },
        )
        audit.note(organisation, audit.INVITED, by=by, invitation=invitation.pk, role=str(role))
        _send(invitation, token, by="" if as_staff else str(by))
    return invitation


def find(token: str) -> Invitation | None:
    """Return the invitation behind the secret of a link, open or over; None when there is none (any more)."""
    found = Invitation.objects.select_related("organisation__municipality")
    return found.filter(token_hash=_hash(token)).first()


@transaction.atomic
def accept(invitation: Invitation, *, user) -> Membership:
    """Let the signed-in person join. A role that the person has already is never lowered.

    The host must have made sure that the address of an account is the person's own. Raises `OtherAddress`,
    `InvitationOver`.
    """
    organisation = lock(invitation.organisation)
    stored = Invitation.objects.get(pk=invitation.pk)
    if user.email.strip().lower() != stored.email:
        raise OtherAddress(stored)
    # The hash too: an invitation that was sent again has another link.
    if not stored.is_open or stored.token_hash != invitation.token_hash:
        raise InvitationOver(stored)
    stored.accepted_at = timezone.now()
    stored.save(update_fields=["accepted_at"])
    present = organisation.memberships.filter(user=user, role=Membership.Role.OWNER).exists()
    give_role(organisation, user.pk, role=Membership.Role.OWNER if present else stored.role)
    audit.note(organisation, audit.JOINED, by=user, role=str(stored.role))
    letters.tell(
        letters.owners(organisation, but=user.pk),
        organisation,
        subject=_("%(person)s handelt jetzt für „%(name)s“"),
        text=_("%(person)s hat die Einladung angenommen und hat bei „%(name)s“ die Rolle „%(role)s“."),
        button=people_button(organisation),
        person=user.email,
        role=stored.get_role_display(),
    )
    return organisation.memberships.get(user=user)


@transaction.atomic
def withdraw(invitation: Invitation, *, by) -> None:
    """Make the link of an open invitation useless. Raises `people.NotResponsible`."""
    organisation = lock(invitation.organisation)
    require_owner(organisation, by)
    open_ones = organisation.invitations.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if open_ones.update(withdrawn_at=timezone.now()):
        audit.note(organisation, audit.WITHDRAWN, by=by, invitation=invitation.pk)


def waiting(organisation: Organisation):
    """Return the invitations that were neither accepted nor withdrawn, also those that have run out."""
    return organisation.invitations.filter(accepted_at=None, withdrawn_at=None)


def _hash(token: str) -> str:
    # The secret is random and long: a plain hash is enough to make a stolen table useless.
    return hashlib.sha256(token.encode()).hexdigest()


def _send(invitation: Invitation, token: str, *, by: str) -> None:
    context = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "by": by,
        "is_owner": invitation.role == Membership.Role.OWNER,
        "button_label": _("Einladung ansehen"),
        "button_url": letters.page("organisation_invitation", token),
    }
    mail.queue("regiokit/mail/organisation_invitation", to=invitation.email, context=context)
