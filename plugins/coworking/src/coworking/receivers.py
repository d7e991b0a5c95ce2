"""What follows when Wagtail publishes, unpublishes or returns a space, also in Wagtail's own views."""

from wagtail.models import WorkflowState
from wagtail.signals import published, workflow_rejected

from coworking.domain.publishing import note_publication, note_return
from coworking.models import Space
from coworking.search import source
from regiokit.listings.feeding import keep_in_search


def space_published(sender, instance, **_kwargs):
    """Keep the state row and tell the operator."""
    note_publication(instance)


def space_returned(sender, instance, **_kwargs):
    """Tell the operator why staff returned the entry. `instance` is the workflow state."""
    space = instance.content_object
    if isinstance(space, Space):
        note_return(space, reason=instance.current_task_state.comment if instance.current_task_state else "")


def connect() -> None:
    """Connect everything; called once when the app is ready."""
    published.connect(space_published, sender=Space, dispatch_uid="coworking.space_published")
    workflow_rejected.connect(space_returned, sender=WorkflowState, dispatch_uid="coworking.space_returned")
    keep_in_search(Space, source)
