"""What the office does when something happened elsewhere: after migrations, with new sections, along the workflow."""

from django.apps import apps
from django.db.models.signals import post_migrate, post_save
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from portal.office.domain import granting, letters


def migrated(sender, **_kwargs):
    """Set up what is new, after the last app: permissions are made app by app."""
    if sender == [config for config in apps.get_app_configs() if config.models_module][-1]:
        granting.set_up()


def page_added(sender, instance, created, raw=False, **_kwargs):
    """Give the groups their rights on a new section."""
    if created and not raw:
        granting.set_up_page(instance)


def step_begun(sender, instance, user=None, **_kwargs):
    """Ask those whom the step waits for; steps of other kinds have no groups."""
    if isinstance(instance.task.specific, AbstractGroupApprovalTask):
        letters.ask_for_decision(instance, by=user)


def released(sender, instance, user=None, **_kwargs):
    """Tell the author."""
    letters.tell_released(instance, by=user)


def returned(sender, instance, user=None, **_kwargs):
    """Tell the author why."""
    letters.tell_returned(instance, by=user)


def nothing(sender, **_kwargs):
    """Keep silent where Wagtail would write to administrators beside the mail about the first step."""


def connect() -> None:
    """Connect everything. The names are those of Wagtail's own mails: whoever connects under them first stands alone.

    So `portal.office` stands before `wagtail.admin` in INSTALLED_APPS, and staff get one German mail, not two.
    """
    post_migrate.connect(migrated, dispatch_uid="office.migrated")
    for model in [granting.HomePage, *granting.section_models()]:
        post_save.connect(page_added, sender=model, dispatch_uid=f"office.page_added.{model.__name__}")
    for signal, receiver, sender, name in (
        (task_submitted, step_begun, TaskState, "group_approval_task_submitted"),
        (workflow_submitted, nothing, WorkflowState, "workflow_state_submitted"),
        (workflow_approved, released, WorkflowState, "workflow_state_approved"),
        (workflow_rejected, returned, WorkflowState, "workflow_state_rejected"),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=f"{name}_email_notification")
