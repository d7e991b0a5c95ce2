"""Where entries stand in their review, for pages that show it."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from wagtail.models import WorkflowState

from regiokit.listings.models import Listing


def with_stages(listings: Sequence[Listing]) -> None:
    """Load the running reviews of these entries (all of one model) in one query: `stage` then asks nothing more."""
    if not listings:
        return
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(listings[0]),
        object_id__in=[str(listing.pk) for listing in listings],
    )
    by_listing: dict[str, list[WorkflowState]] = {}
    for state in states.select_related("current_task_state"):
        by_listing.setdefault(state.object_id, []).append(state)
    for listing in listings:
        # Wagtail looks here first (`WorkflowMixin.current_workflow_state`).
        listing._current_workflow_states = by_listing.get(str(listing.pk), [])


def sendable(listing: Listing) -> bool:
    """Say whether the latest version can be handed to the moderators: not public yet, and not waiting already."""
    if not listing.has_unpublished_changes:
        return False
    task_state = listing.current_workflow_task_state
    return not task_state or task_state.revision_id != listing.latest_revision_id
