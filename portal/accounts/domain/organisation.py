"""What people who are responsible for an organisation do with it."""

from django.db import transaction

from regiokit.organisations.models import Organisation

IDENTITY = {"name", "legal_form", "municipality"}


@transaction.atomic
def change_organisation(organisation: Organisation, *, changes: dict) -> Organisation:
    """Write changed fields (names and values of the model). Whoever changes who they are is checked by staff again."""
    changed = {field for field, value in changes.items() if getattr(organisation, field) != value}
    for field, value in changes.items():
        setattr(organisation, field, value)
    if changed & IDENTITY:
        organisation.verified_at = organisation.verified_by = None
    organisation.save()
    return organisation
