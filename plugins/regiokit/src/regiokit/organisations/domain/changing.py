"""Those who are responsible change the data of their organisation."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from regiokit.organisations.domain import audit, letters, verification
from regiokit.organisations.domain.members import lock
from regiokit.organisations.domain.organisations import note_change
from regiokit.organisations.models import Organisation

IDENTITY = ("name", "legal_form", "municipality", "website")
"""What staff look at when they check an organisation."""

BESIDE = ("verified_at", "verified_by", "without_owner_since")
"""What is noted about an organisation, and no part of its data."""

CHANGE = _("%(label)s: bisher „%(old)s“, jetzt „%(new)s“")


class NewerValues(Exception):
    """Somebody else changed the organisation meanwhile; `stored` is how it stands now, `differing` names fields."""

    def __init__(self, stored: Organisation, differing: set[str]):
        super().__init__(stored)
        self.stored, self.differing = stored, differing


def version(organisation: Organisation) -> str:
    """Return a text that changes with every value of the organisation but what others note about it."""
    fields = [field for field in Organisation._meta.concrete_fields if field.name not in BESIDE]
    # As text: a choice that was just set and the same choice as stored are alike.
    return hashlib.sha256(repr([field.value_to_string(organisation) for field in fields]).encode()).hexdigest()[:32]


@transaction.atomic
def change_organisation(organisation: Organisation, *, changes: dict, seen: str = "", by=None) -> Organisation:
    """Write changed fields (names and values of the model). Whoever changes who they are is checked by staff again.

    `seen` is the `version` that the person looked at. Raises `NewerValues` when it is no longer the stored one and the
    stored values are not the wanted ones anyway.
    """
    stored = lock(organisation)
    before = {field: _shown(stored, field) for field in IDENTITY}
    changed = {field for field, value in changes.items() if getattr(stored, field) != value}
    if seen and changed and seen != version(stored):
        raise NewerValues(stored, changed)
    for field, value in changes.items():
        setattr(stored, field, value)
    stored.save()
    if stored.verified_at and changed & set(IDENTITY):
        _lapse(stored, {field: before[field] for field in IDENTITY if field in changed}, by=by)
    if changed:
        audit.note(stored, audit.CHANGED, by=by, fields=sorted(changed))
    note_change(stored)
    return stored


def _lapse(organisation: Organisation, before: dict[str, str], *, by) -> None:
    lines = [
        CHANGE
        % {
            "label": Organisation._meta.get_field(field).verbose_name,
            "old": old,
            "new": _shown(organisation, field),
        }
        for field, old in before.items()
    ]
    verification.lapse(organisation, by=by, changed="\n".join(lines)[:1000])
    letters.tell_staff(
        organisation,
        subject=_("Bitte neu prüfen: %(old_name)s"),
        text=_(
            "Die geprüfte Organisation „%(old_name)s“ hat ihre Angaben geändert. Sie gilt als ungeprüft, bis Sie noch "
            "einmal nachgesehen haben.\n\n%(changes)s"
        ),
        button=(_("Organisation ansehen"), letters.page("regiokit_organisations:edit", organisation.pk)),
        old_name=before.get("name", organisation.name),
        changes="\n\n".join(lines),
    )


def _shown(organisation: Organisation, field: str) -> str:
    display = getattr(organisation, f"get_{field}_display", None)
    return str(display() if display else getattr(organisation, field) or "–")
