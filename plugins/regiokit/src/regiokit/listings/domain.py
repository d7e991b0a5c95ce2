"""What happens to a moderated entry. Plugins wrap these verbs in their own words (`submit_offer`)."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from regiokit import conf
from regiokit.listings.models import Listing, ListingApproval

WORKFLOW = "Einträge prüfen"


@transaction.atomic
def save_draft(listing: Listing, *, by) -> Listing:
    """Keep the entry as it is typed, unseen by anybody else; a live version stays as it is."""
    if listing.pk is None:
        listing.live = False
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
        listing.unpublish(user=by)
    return listing


@transaction.atomic
def ensure_workflow(model: type[Listing]) -> Workflow:
    """Give `model` its review by the group `conf.moderators()`, with the permissions it needs. Changes nothing twice."""
    group, _new = Group.objects.get_or_create(name=conf.moderators())
    workflow, created = Workflow.objects.get_or_create(name=WORKFLOW)
    if created:
        task = ListingApproval.objects.create(name="Freigabe")
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    # Django makes permissions after migrations too, and not always before this runs: it depends on the order of apps.
    create_permissions(apps.get_app_config(model._meta.app_label), verbosity=0)
    content_type = ContentType.objects.get_for_model(model)
    WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
    names = [f"{action}_{model._meta.model_name}" for action in ("change", "view", "publish", "lock", "unlock")]
    group.permissions.add(
        *Permission.objects.filter(content_type=content_type, codename__in=names),
        *Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin"),
    )
    return workflow
