"""What people who are responsible for an organisation do with it."""

import hashlib

from django.db import transaction
from django.urls import reverse

from regiokit import mail
from regiokit.conf import absolute, contact
from regiokit.organisations.domain import note_change
from regiokit.organisations.models import Organisation

IDENTITY = ("name", "legal_form", "municipality", "website")
"""What staff look at when they check an organisation."""


class NewerValues(Exception):
    """Somebody else changed the organisation meanwhile; `stored` is how it stands now, `differing` names fields."""

    def __init__(self, stored: Organisation, differing: set[str]):
        super().__init__(stored)
        self.stored, self.differing = stored, differing


def version(organisation: Organisation) -> str:
    """Return a text that changes with every value of the organisation but the note that staff checked it."""
    fields = [field.attname for field in Organisation._meta.concrete_fields if not field.name.startswith("verified_")]
    return hashlib.sha256(repr([getattr(organisation, name) for name in fields]).encode()).hexdigest()[:32]


@transaction.atomic
def change_organisation(organisation: Organisation, *, changes: dict, seen: str = "") -> Organisation:
    """Write changed fields (names and values of the model). Whoever changes who they are is checked by staff again.

    `seen` is the `version` that the person looked at. Raises `NewerValues` when it is no longer the stored one and the
    stored values are not the wanted ones anyway.
    """
    stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = {field: _shown(stored, field) for field in IDENTITY}
    changed = {field for field, value in changes.items() if getattr(stored, field) != value}
    if seen and changed and seen != version(stored):
        raise NewerValues(stored, changed)
    for field, value in changes.items():
        setattr(stored, field, value)
    if stored.verified_at and changed & set(IDENTITY):
        stored.verified_at = stored.verified_by = None
        _ask_staff(stored, {field: before[field] for field in IDENTITY if field in changed})
    stored.save()
    note_change(stored)
    return stored


def _ask_staff(organisation: Organisation, before: dict[str, str]) -> None:
    changes = [
        (Organisation._meta.get_field(field).verbose_name, old, _shown(organisation, field))
        for field, old in before.items()
    ]
    context = {
        "organisation": organisation,
        "old_name": before.get("name", organisation.name),
        "changes": changes,
        "button_url": absolute(reverse("wagtailadmin_home")),
    }
    if address := contact().get("email"):
        mail.queue("account/mail/organisation_changed", to=address, context=context)


def _shown(organisation: Organisation, field: str) -> str:
    display = getattr(organisation, f"get_{field}_display", None)
    return str(display() if display else getattr(organisation, field) or "–")
