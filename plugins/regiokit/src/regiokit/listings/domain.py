"""What happens to a moderated entry. Plugins wrap these verbs in their own words (`submit_offer`)."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import TaskState, Workflow, WorkflowContentType, WorkflowTask

from regiokit import conf
from regiokit.listings.models import Listing, ListingApproval

WORKFLOW = gettext_lazy("Einträge prüfen")


@transaction.atomic
def save_draft(listing: Listing, *, by) -> Listing:
    """Keep the entry as it is typed, unseen by anybody else; a live version stays as it is.

    Raises `ValidationError` for values that no version may have.
    """
    if listing.pk is None:
        listing.live = False
        listing.full_clean()
        listing.save()
    listing.save_revision(user=by)
    return listing


@transaction.atomic
def submit(listing: Listing, *, by) -> Listing:
    """Save a revision and hand it to the moderators. A running review begins again with this revision.

    The workflow starts without a requester: Wagtail would mail that person links into its admin, where members of
    organisations never come.
    """
    save_draft(listing, by=by)
    if current := listing.current_workflow_state:
        current.cancel(user=by)
    listing.get_workflow().start(listing, None)
    return listing


@transaction.atomic
def withdraw(listing: Listing, *, by) -> Listing:
    """Take the entry out of public view and out of review; it stays as a draft of its organisation."""
    if current := listing.current_workflow_state:
        current.cancel(user=by)
    if listing.live:
        # Members of organisations have no permissions in Wagtail: our own views decide who may do this.
        UnpublishAction(listing, user=by).execute(skip_permission_checks=True)
    return listing


def ask_again(task_state: TaskState) -> None:
    """After an approval was refused because of a newer revision: let the task stand at that one, for the next look."""
    listing = task_state.workflow_state.content_object
    TaskState.objects.filter(pk=task_state.pk, status=TaskState.STATUS_IN_PROGRESS).update(
        revision=listing.latest_revision
    )


@transaction.atomic
def ensure_workflow(model: type[Listing]) -> Workflow:
    """Give `model` its review by the group `conf.moderators()`, with the permissions it needs. Changes nothing twice."""
    group, _new = Group.objects.get_or_create(name=conf.moderators())
    workflow, created = Workflow.objects.get_or_create(name=str(WORKFLOW))
    if created:
        task = ListingApproval.objects.create(name="Freigabe")
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    # Django makes permissions after migrations too, and not always before this runs: it depends on the order of apps.
    create_permissions(apps.get_app_config(model._meta.app_label), verbosity=0)
    content_type = ContentType.objects.get_for_model(model)
    WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
    for action in ("publish", "lock", "unlock"):
        # Wagtail makes these for snippets, but likewise only later.
        Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_{model._meta.model_name}",
            defaults={"name": f"Can {action} {model._meta.verbose_name_raw}"},
        )
    names = [f"{action}_{model._meta.model_name}" for action in ("change", "view", "publish", "lock", "unlock")]
    group.permissions.add(
        *Permission.objects.filter(content_type=content_type, codename__in=names),
        *Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin"),
    )
    return workflow
