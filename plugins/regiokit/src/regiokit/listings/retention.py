"""How long earlier versions of entries stay: they hold names and telephone numbers of people who moved on."""

from datetime import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Revision, WorkflowState

from regiokit.listings.models import Listing
from regiokit.pictures.models import Illustrated, OwnedPicture

UNDER_REVIEW = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def erase_old_versions(*, before: datetime) -> int:
    """Erase versions saved before that moment (UTC) that are neither public nor the latest nor under review; return how many."""
    return sum(_erase(model, before) for model in apps.get_models() if issubclass(model, Listing))


def _erase(model: type[Listing], before: datetime) -> int:
    old = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(model), created_at__lt=before, approved_go_live_at=None
    )
    for kept in ("latest_revision", "live_revision"):
        old = old.exclude(pk__in=model._base_manager.exclude(**{kept: None}).values(kept))
    reviewed = Revision.objects.filter(task_states__workflow_state__status__in=UNDER_REVIEW)
    return old.exclude(pk__in=reviewed.values("pk")).delete()[1].get(Revision._meta.label, 0)


def erase_unused_pictures(*, before: datetime) -> int:
    """Erase pictures uploaded before that moment (UTC) that stand in no entry's public, latest or reviewed version."""
    used = {key for model in apps.get_models() if issubclass(model, Illustrated) for key in _used(model)}
    unused = [picture for picture in OwnedPicture.objects.filter(created_at__lt=before) if picture.pk not in used]
    for picture in unused:
        picture.delete()
    return len(unused)


def _used(model: type[Illustrated]):
    """Yield the keys of the pictures that the entries of that model show or may show soon."""
    for rows in model._base_manager.values_list("pictures", flat=True):
        yield from (row["picture"] for row in rows)
    kept = Revision.objects.filter(content_type=ContentType.objects.get_for_model(model)).filter(
        Q(pk__in=model._base_manager.exclude(latest_revision=None).values("latest_revision"))
        | Q(task_states__workflow_state__status__in=UNDER_REVIEW)
    )
    for content in kept.values_list("content", flat=True):
        yield from (row["picture"] for row in content.get("pictures") or [])
