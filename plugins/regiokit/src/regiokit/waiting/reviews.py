"""Running reviews that a person may decide."""

from django.apps import apps
from django.db.models import Q, QuerySet
from wagtail.models import TaskState, WorkflowState
from wagtail.models.workflows import AbstractGroupApprovalTask


def reviews_of(user) -> QuerySet[TaskState]:
    """Return the running steps of workflows that wait for a group of this person; of an administrator, all.

    It is what Wagtail's tasks for groups answer, of every kind and without a query for each of them. A step may appear
    several times: use it as a subquery. Where a task says `by_others_alone`, nobody finds their own versions.
    """
    running = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    )
    mine, own = Q(pk=None), Q(pk=None)
    for model in apps.get_models():
        if issubclass(model, AbstractGroupApprovalTask):
            name = f"task__{model._meta.model_name}"
            mine |= Q(**{f"{name}__groups__user": user.pk})
            if getattr(model, "by_others_alone", False):
                author = Q(workflow_state__requested_by=user.pk) | Q(revision__user=user.pk)
                own |= Q(**{f"{name}__isnull": False}) & author
    return (running if user.is_superuser else running.filter(mine)).exclude(own)
