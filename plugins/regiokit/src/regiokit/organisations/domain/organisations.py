"""An organisation itself: founded, looked up, in use."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from regiokit.organisations.domain import audit
from regiokit.organisations.domain.members import give_role
from regiokit.organisations.models import (
    Invitation,
    Membership,
    MergedOrganisation,
    Organisation,
    VerificationDecision,
)
from regiokit.organisations.signals import organisation_changed

SAME_FOR = timedelta(minutes=10)
OWN = (Membership, Invitation, VerificationDecision, MergedOrganisation)
"""What belongs to every organisation and goes with it."""


@transaction.atomic
def found_organisation(user, **fields) -> Organisation:
    """Create an organisation with the given model fields and make `user` responsible for it.

    Who founds one of the same name in the same town again within `SAME_FOR` pressed the button twice, or corrected
    something: that organisation gets the fields of the last time and is returned.
    """
    # Two requests at once stand in line here.
    user._meta.model._default_manager.select_for_update().get(pk=user.pk)
    same = {name: fields[name] for name in ("name", "municipality") if name in fields}
    twins = Organisation.objects.filter(memberships__user=user, verified_at=None, **same)
    if twin := twins.filter(created_at__gt=timezone.now() - SAME_FOR).first():
        for name, value in fields.items():
            setattr(twin, name, value)
        twin.save()
        return twin
    organisation = Organisation.objects.create(**fields)
    give_role(organisation, user.pk, role=Membership.Role.OWNER)
    audit.note(organisation, audit.FOUNDED, by=user)
    return organisation


def note_change(organisation: Organisation) -> None:
    """Tell the listeners, as soon as the running transaction is committed. Every verb that changes one ends with this."""

    def announce() -> None:
        organisation_changed.send_robust(sender=Organisation, organisation=organisation)

    transaction.on_commit(announce, robust=True)


def relations():
    """Yield every relation of any app that leads to an organisation: `related_model` and `field` say from where."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            yield relation


def in_use(organisation: Organisation) -> bool:
    """Whether anything of any plugin belongs to the organisation besides its people, so that deleting takes that along."""
    # The base manager also knows what a plugin's own manager leaves out.
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: organisation}).exists()
        for relation in relations()
        if relation.related_model not in OWN
    )
