"""Two organisations that are one become one: everything of the second goes to the first, the second is gone. It is final."""

import hashlib
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ReferenceIndex, Revision, RevisionMixin

from regiokit.organisations.domain import audit, letters
from regiokit.organisations.domain.changing import version
from regiokit.organisations.domain.members import end, give_role
from regiokit.organisations.domain.organisations import OWN, note_change, relations
from regiokit.organisations.domain.people import people_button
from regiokit.organisations.models import Invitation, Membership, MergedOrganisation, Organisation
from regiokit.organisations.signals import organisations_merging


class CannotMerge(Exception):
    """The two cannot become one; the message says in German why."""


class SomethingChanged(Exception):
    """Somebody changed one of the two since the preview was shown."""


@dataclass(frozen=True)
class Preview:
    """What a merge will do: `rows` are (label, number) of what moves; `people` are (user, role) afterwards."""

    kept: Organisation
    merged: Organisation
    rows: tuple[tuple[str, int], ...]
    people: tuple[tuple[Model, str], ...]
    fingerprint: str


def preview(kept: Organisation, merged: Organisation) -> Preview:
    """Return what merging `merged` into `kept` would do now. Raises `CannotMerge` for one and the same."""
    if kept.pk == merged.pk:
        raise CannotMerge(_("Bitte wählen Sie zwei verschiedene Organisationen."))
    rows, seen = [], [version(kept), version(merged)]
    for relation in relations():
        keys = {
            organisation.pk: sorted(_rows(relation, organisation).values_list("pk", flat=True))
            for organisation in (kept, merged)
        }
        seen.append(f"{relation.related_model._meta.label} {relation.field.name} {keys}")
        if keys[merged.pk] and relation.related_model not in OWN:
            rows.append((str(relation.related_model._meta.verbose_name_plural), len(keys[merged.pk])))
    roles = {}
    for member in Membership.objects.filter(organisation__in=[kept, merged]).select_related("user"):
        roles[member.user] = _higher(roles.get(member.user), member.role)
        seen.append(f"{member.organisation_id} {member.user_id} {member.role}")
    people = tuple((user, Membership.Role(role).label) for user, role in roles.items())
    seen.append(str([_newest_revision(organisation) for organisation in (kept, merged)]))
    return Preview(kept, merged, tuple(rows), people, hashlib.sha256(repr(seen).encode()).hexdigest()[:32])


@transaction.atomic
def merge_organisations(kept: Organisation, merged: Organisation, *, by, seen: str) -> None:
    """Move everything of `merged` to `kept` and delete `merged`. The data of `kept` stays as it is.

    `seen` is the fingerprint of the `Preview` that was confirmed. Raises `SomethingChanged` when it is not true any
    more, `CannotMerge` when rows of both cannot belong to one organisation; then nothing has happened.
    """
    # Always in the same order, so that two merges at once wait instead of blocking each other.
    locked = {
        row.pk: row
        for row in Organisation.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    }
    if len(locked) < 2 or preview(locked[kept.pk], locked[merged.pk]).fingerprint != seen:
        raise SomethingChanged(merged)
    kept, merged = locked[kept.pk], locked[merged.pk]
    addresses = [member.user.email for member in _members(kept, merged) if member.user.is_active and member.user.email]
    organisations_merging.send(sender=Organisation, kept=kept, merged=merged)
    _merge_people(kept, merged)
    for relation in relations():
        _move(relation, kept=kept, merged=merged)
    _repoint_references(kept, merged)
    MergedOrganisation.objects.create(number=merged.pk, name=merged.name, into=kept, by=by)
    if left := [relation.related_model._meta.label for relation in relations() if _rows(relation, merged).exists()]:
        raise CannotMerge(_("Diese Einträge lassen sich nicht verschieben: %s") % ", ".join(left))
    audit.note(kept, audit.MERGED, by=by, name=merged.name, number=merged.pk)
    letters.tell(
        addresses,
        kept,
        subject=gettext_lazy("„%(other)s“ und „%(name)s“ sind jetzt eine Organisation"),
        text=gettext_lazy(
            "„%(other)s“ und „%(name)s“ waren doppelt eingetragen. Wir haben beide zu „%(name)s“ zusammengeführt. "
            "Alle Einträge und alle Menschen beider Organisationen sind dort zu finden; alte Links führen dorthin.\n\n"
            "Das lässt sich nicht rückgängig machen. Stimmt etwas nicht? Rufen Sie uns bitte an."
        ),
        button=people_button(kept),
        other=merged.name,
    )
    merged.delete()
    note_change(kept)


def current_number(number: int) -> int | None:
    """Return the number of the organisation that this one was merged into, or None when it was not."""
    return MergedOrganisation.objects.filter(number=number).values_list("into", flat=True).first()


def _rows(relation, organisation: Organisation):
    return relation.related_model._base_manager.filter(**{relation.field.name: organisation})


def _members(*organisations: Organisation):
    return Membership.objects.filter(organisation__in=organisations).select_related("user")


def _higher(first: str | None, second: str) -> str:
    return Membership.Role.OWNER if Membership.Role.OWNER in (first, second) else second


def _merge_people(kept: Organisation, merged: Organisation) -> None:
    for member in _members(merged):
        present = kept.memberships.filter(user=member.user_id).first()
        give_role(kept, member.user_id, role=_higher(present and present.role, member.role))
        end(member)
    addresses = Invitation.objects.filter(organisation=kept, accepted_at=None, withdrawn_at=None).values("email")
    doubled = Invitation.objects.filter(organisation=merged, accepted_at=None, withdrawn_at=None, email__in=addresses)
    for invitation in doubled:
        if invitation.role == Membership.Role.OWNER:
            Invitation.objects.filter(
                organisation=kept, email=invitation.email, accepted_at=None, withdrawn_at=None
            ).update(role=Membership.Role.OWNER)
        invitation.delete()


def _move(relation, *, kept: Organisation, merged: Organisation) -> None:
    model, name = relation.related_model, relation.field.name
    try:
        with transaction.atomic():
            _rows(relation, merged).update(**{name: kept})
    except IntegrityError as error:
        label = model._meta.verbose_name_plural
        raise CannotMerge(_("Beide haben „%s“, und nur eines davon kann bleiben.") % label) from error
    if issubclass(model, RevisionMixin):
        _move_revisions(model, name, kept=kept, merged=merged)


def _move_revisions(model, name: str, *, kept: Organisation, merged: Organisation) -> None:
    # Versions hold the old number: published or looked at later, they would lead to an organisation that is gone.
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    versions = Revision.objects.filter(content_type=content_type, **{f"content__{name}": merged.pk})
    changed = []
    for revision in versions.iterator(chunk_size=200):
        revision.content[name] = kept.pk
        changed.append(revision)
    Revision.objects.bulk_update(changed, ["content"], batch_size=200)


def _repoint_references(kept: Organisation, merged: Organisation) -> None:
    content_type = ContentType.objects.get_for_model(Organisation)
    found = ReferenceIndex.objects.filter(to_content_type=content_type, to_object_id=str(merged.pk))
    found.update(to_object_id=str(kept.pk))


def _newest_revision(organisation: Organisation) -> list[int | None]:
    newest = []
    for relation in relations():
        if issubclass(relation.related_model, RevisionMixin):
            rows = _rows(relation, organisation)
            newest.append(rows.order_by("-latest_revision").values_list("latest_revision", flat=True).first())
    return newest
