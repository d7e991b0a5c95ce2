"""Organisations whose last owner is gone: the others are asked, staff decide, nothing is lost meanwhile."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regiokit.organisations.domain import audit, letters
from regiokit.organisations.domain.members import end, give_role, lock
from regiokit.organisations.domain.people import people_button
from regiokit.organisations.domain.waiting import without_owner
from regiokit.organisations.models import Membership, Organisation

OWNER = Membership.Role.OWNER


class NothingToClaim(Exception):
    """Somebody is responsible for the organisation, or the person does not act for it."""


def note_lost_owners() -> int:
    """Note which organisations have nobody responsible any more and ask their editors; returns how many are new.

    The worker calls it: an account may be closed, deleted or erased anywhere, and this finds every case.
    """
    lost = without_owner().values("pk")
    Organisation.objects.filter(without_owner_since__isnull=False).exclude(pk__in=lost).update(without_owner_since=None)
    new = without_owner().filter(without_owner_since=None, memberships__isnull=False).distinct()
    return sum(_ask_editors(organisation) for organisation in list(new))


@transaction.atomic
def _ask_editors(organisation: Organisation) -> bool:
    stored = lock(organisation)
    # Two workers at once, or an owner who came back meanwhile: nobody is asked twice.
    if stored.without_owner_since or not without_owner().filter(pk=stored.pk).exists():
        return False
    Organisation.objects.filter(pk=stored.pk).update(without_owner_since=timezone.now())
    audit.note(stored, audit.WITHOUT_OWNER, by=None)
    editors = stored.memberships.filter(user__is_active=True).values_list("user__email", flat=True)
    letters.tell(
        filter(None, editors),
        stored,
        subject=_("Wer übernimmt die Verantwortung für „%(name)s“?"),
        text=_(
            "Niemand ist mehr für „%(name)s“ verantwortlich. Die Einträge bleiben, und Sie können sie weiter bearbeiten. "
            "Angaben der Organisation ändern oder andere einladen kann im Augenblick niemand.\n\n"
            "Möchten Sie die Verantwortung übernehmen? Melden Sie sich an und sagen Sie es uns. Wir prüfen das und melden uns."
        ),
        button=(_("Verantwortung übernehmen"), letters.page("organisation_claim", stored.pk)),
    )
    return True


@transaction.atomic
def claim(membership: Membership) -> None:
    """An editor offers to become responsible; staff get a mail. Raises `NothingToClaim`."""
    organisation = lock(membership.organisation)
    stored = organisation.memberships.select_related("user").filter(pk=membership.pk).first()
    if stored is None or not without_owner().filter(pk=organisation.pk).exists():
        raise NothingToClaim(organisation)
    if stored.claimed_at:
        return
    Membership.objects.filter(pk=stored.pk).update(claimed_at=timezone.now())
    audit.note(organisation, audit.CLAIMED, by=stored.user)
    letters.tell_staff(
        organisation,
        subject=_("%(person)s möchte „%(name)s“ übernehmen"),
        text=_(
            "Für „%(name)s“ ist niemand mehr verantwortlich. %(person)s arbeitet dort mit und möchte die Verantwortung "
            "übernehmen. Bitte prüfen Sie das, zum Beispiel mit einem Anruf, und entscheiden Sie."
        ),
        button=(_("Entscheiden"), letters.page("regiokit_organisations:people", organisation.pk)),
        person=stored.user,
    )


@transaction.atomic
def approve_claim(membership: Membership, *, by) -> None:
    """Staff make the editor responsible. Nothing happens when the offer is gone."""
    organisation = lock(membership.organisation)
    stored = organisation.memberships.select_related("user").filter(pk=membership.pk, claimed_at__isnull=False).first()
    if stored is None:
        return
    give_role(organisation, stored.user_id, role=OWNER)
    organisation.memberships.update(claimed_at=None)
    Organisation.objects.filter(pk=organisation.pk).update(without_owner_since=None)
    audit.note(organisation, audit.ROLE, by=by, person=stored.user_id, role=str(OWNER))
    letters.tell(
        [stored.user.email],
        organisation,
        subject=_("Sie sind jetzt für „%(name)s“ verantwortlich"),
        text=_(
            "Danke, dass Sie übernehmen. Sie können ab jetzt die Angaben von „%(name)s“ ändern und andere einladen."
        ),
        button=people_button(organisation),
    )


@transaction.atomic
def refuse_claim(membership: Membership, *, by, reason: str) -> None:
    """Staff say no, with a reason. Nothing happens when the offer is gone."""
    organisation = lock(membership.organisation)
    stored = organisation.memberships.select_related("user").filter(pk=membership.pk, claimed_at__isnull=False).first()
    if stored is None:
        return
    Membership.objects.filter(pk=stored.pk).update(claimed_at=None)
    audit.note(organisation, audit.CLAIM_REFUSED, by=by, person=stored.user_id)
    letters.tell(
        [stored.user.email],
        organisation,
        subject=_("Ihr Angebot, „%(name)s“ zu übernehmen"),
        text=_("Wir haben Ihr Angebot geprüft und können es nicht annehmen.\n\nDer Grund: %(reason)s"),
        reason=reason,
    )


@transaction.atomic
def note_unreachable(membership: Membership, *, by) -> None:
    """Staff end the membership of somebody whom no mail reaches any more; when nobody is left, the editors are asked."""
    organisation = lock(membership.organisation)
    stored = organisation.memberships.filter(pk=membership.pk).first()
    if stored is None:
        return
    end(stored)
    audit.note(organisation, audit.UNREACHABLE, by=by, person=stored.user_id)
    if without_owner().filter(pk=organisation.pk, memberships__isnull=False).exists():
        _ask_editors(organisation)
