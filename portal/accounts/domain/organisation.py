"""What people who are responsible for an organisation do with it."""

from django.db import transaction

from regiokit.organisations.models import Organisation

IDENTITY = {"name", "legal_form", "municipality"}


@transaction.atomic
def change_organisation(organisation: Organisation, *, changes: dict) -> Organisation:
    """Write changed fields (names and values of the model). Whoever changes who they are is checked by staff again."""
    stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = {field for field, value in changes.items() if getattr(stored, field) != value}
    for field, value in changes.items():
        setattr(stored, field, value)
    if changed & IDENTITY:
        stored.verified_at = stored.verified_by = None
    stored.save()
    return stored
