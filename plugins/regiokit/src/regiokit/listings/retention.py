"""How long earlier versions of entries stay: they hold names and telephone numbers of people who moved on."""

from datetime import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision, WorkflowState

from regiokit.listings.models import Listing

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
