"""Sets up the review of a plugin's listings: workflow, task, and what the group of moderators may do."""

from collections.abc import Iterable

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_migrate
from django.utils.translation import gettext
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from regiokit import conf
from regiokit.listings.models import Listing, ListingApproval
from regiokit.organisations.models import Organisation


def review_after_migrations(config: AppConfig, model_name: str, *, also: Iterable[str] = ()) -> None:
    """Call `ensure_workflow` for the model of that name after the plugin's migrations. Called from its `ready`."""

    def prepare(sender, **_kwargs):
        ensure_workflow(config.get_model(model_name), also=also)

    post_migrate.connect(
        prepare, sender=config, weak=False, dispatch_uid=f"regiokit.review.{config.label}.{model_name}"
    )


@transaction.atomic
def ensure_workflow(model: type[Listing], *, also: Iterable[str] = ()) -> Workflow:
    """Give `model` its review by the group `conf.moderators()`, with the permissions it needs, when it has none yet.

    The group may then review the entries, check organisations, and what `also` names: codenames of further permissions
    of the plugin ("view_enquiry"). A model that has a workflow keeps it as administrators have made it, under any name
    and with any permissions.
    """
    content_type = ContentType.objects.get_for_model(model)
    assigned = WorkflowContentType.objects.filter(content_type=content_type).select_related("workflow").first()
    if assigned:
        return assigned.workflow
    group, _new = Group.objects.get_or_create(name=conf.moderators())
    workflow = _workflow_of_other_listings() or _new_workflow(group)
    WorkflowContentType.objects.create(content_type=content_type, workflow=workflow)
    _permit(group, model, also=also)
    return workflow


def _workflow_of_other_listings() -> Workflow | None:
    tasks = ListingApproval.objects.filter(active=True)
    return Workflow.objects.filter(active=True, workflow_tasks__task__in=tasks).order_by("pk").first()


def _new_workflow(group: Group) -> Workflow:
    workflow = Workflow.objects.create(name=gettext("Einträge prüfen"))
    task = ListingApproval.objects.create(name=gettext("Freigabe"))
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def _permit(group: Group, model: type[Listing], *, also: Iterable[str]) -> None:
    """Let the group review entries of `model` and check organisations."""
    # Django makes permissions after migrations too, and not always before this runs: it depends on the order of apps.
    for label in {Organisation._meta.app_label, model._meta.app_label}:
        create_permissions(apps.get_app_config(label), verbosity=0)
    content_type = ContentType.objects.get_for_model(model)
    for action in ("publish", "lock", "unlock"):
        # Wagtail makes these for snippets, but likewise only later.
        Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_{model._meta.model_name}",
            defaults={"name": f"Can {action} {model._meta.verbose_name_raw}"},
        )
    names = [f"{action}_{model._meta.model_name}" for action in ("change", "view", "publish", "lock", "unlock")]
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label=model._meta.app_label, codename__in=[*names, *also]),
        *Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(Organisation),
            codename__in=["view_organisation", "change_organisation"],
        ),
        *Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin"),
    )
