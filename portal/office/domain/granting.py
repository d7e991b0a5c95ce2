"""Sets up groups, rights, collections and the workflow after each migration: what is new once, what was given never again."""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from portal.accounts.domain.staff import EDITORS, MODERATORS
from portal.editorial.models import HomePage
from portal.editorial.models.base import EditorialPage
from portal.office.domain.roles import EDITORIAL, ENTRIES, FILES, TEMPLATES, Role, roles
from portal.office.models import ProofreadingTask, Provision, ReleaseTask
from regiokit.listings.models import Listing, ListingApproval

WORKFLOW = "Gegenlesen und Freigabe"


class _Ledger:
    """Does each thing once; what could not be done yet is tried again at the next migration."""

    def __init__(self):
        self.done = set(Provision.objects.values_list("key", flat=True))
        self.permissions = {
            f"{label}.{codename}": pk
            for pk, label, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
        }

    def once(self, key: str, act) -> None:
        if key not in self.done and act():
            Provision.objects.get_or_create(key=key)
            self.done.add(key)


@transaction.atomic
def set_up() -> None:
    """Give every group what it begins with, as far as it is not noted as given."""
    ledger = _Ledger()
    for name in (EDITORIAL, ENTRIES, TEMPLATES):
        ledger.once(f"collection {name}", lambda name=name: _make_collection(name))
    for role in roles():
        ledger.once(f"group {role.group}", lambda role=role: Group.objects.get_or_create(name=role.group))
        if group := Group.objects.filter(name=role.group).first():
            _grant_rights(ledger, group, role)
            _grant_files(ledger, group, role)
            for page in [*HomePage.objects.all(), *_sections()]:
                _grant_pages(ledger, group, role, page)
    ledger.once("workflow", _make_workflow)
    for plugin in settings.PLUGINS:
        if plugin.desk:
            ledger.once(f"review {plugin.desk.title}", lambda plugin=plugin: _let_desk_review(plugin))


@transaction.atomic
def set_up_page(page: Page) -> None:
    """Give the groups their rights on a home page or section that is new."""
    ledger = _Ledger()
    for role in roles():
        if group := Group.objects.filter(name=role.group).first():
            _grant_pages(ledger, group, role, page)


def section_models() -> list[type[EditorialPage]]:
    """Return the types of pages whose subpages are published without the workflow: daily business."""
    return [model for model in apps.get_models() if issubclass(model, EditorialPage) and model.published_directly]


def _sections() -> Iterable[Page]:
    return Page.objects.filter(content_type__in=ContentType.objects.get_for_models(*section_models()).values())


def _make_collection(name: str) -> bool:
    root = Collection.get_first_root_node()
    if root and not root.get_children().filter(name=name).exists():
        root.add_child(name=name)
    return root is not None


def _grant_rights(ledger: _Ledger, group: Group, role: Role) -> None:
    every = [name for name in ledger.permissions if name.partition(".")[0] in role.every_right_of]
    for name in dict.fromkeys([*role.permissions, *every]):
        if pk := ledger.permissions.get(name):
            ledger.once(f"{role.group}: {name}", lambda pk=pk: not group.permissions.add(pk))


def _grant_files(ledger: _Ledger, group: Group, role: Role) -> None:
    for name, actions in role.collections.items():
        collection = Collection.objects.filter(name=name, depth=2).first() if name else Collection.get_first_root_node()
        rights = [right.format(action) for right in FILES for action in actions]
        for right in [*rights, *(() if name else role.collection_permissions)]:
            if collection and (pk := ledger.permissions.get(right)):
                ledger.once(
                    f"{role.group}: {right} in {name}", lambda pk=pk, where=collection: _files(group, where, pk)
                )


def _files(group: Group, collection: Collection, permission: int) -> object:
    return GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission_id=permission)


def _grant_pages(ledger: _Ledger, group: Group, role: Role, page: Page) -> None:
    actions = role.home if page.specific_class is HomePage else role.sections
    for action in actions:
        if pk := ledger.permissions.get(f"wagtailcore.{action}_page"):
            ledger.once(f"{role.group}: {action} page {page.pk}", lambda pk=pk: _pages(group, page, pk))


def _pages(group: Group, page: Page, permission: int) -> object:
    return GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission_id=permission)


def _make_workflow() -> bool:
    """Make the two steps and put them in the place of Wagtail's own workflow."""
    groups = {group.name: group for group in Group.objects.filter(name__in=[EDITORS, MODERATORS])}
    home = HomePage.objects.order_by("path").first()
    if len(groups) < 2 or home is None:
        return False
    workflow = Workflow.objects.create(name=WORKFLOW)
    for number, (model, name, names) in enumerate(
        [(ProofreadingTask, "Gegenlesen", [EDITORS, MODERATORS]), (ReleaseTask, "Freigabe der Seite", [MODERATORS])]
    ):
        task = model.objects.create(name=name)
        task.groups.set([groups[name] for name in names])
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=number)
    WorkflowPage.objects.update_or_create(page_id=home.pk, defaults={"workflow": workflow})
    return True


def _let_desk_review(plugin) -> bool:
    """Let the plugin's desk approve the plugin's entries, beside the moderators."""
    desk = Group.objects.filter(name=plugin.desk.title).first()
    models = [model for model in apps.get_app_config(plugin.app).get_models() if issubclass(model, Listing)]
    kinds = ContentType.objects.get_for_models(*models).values()
    workflows = WorkflowContentType.objects.filter(content_type__in=kinds).values("workflow")
    tasks = ListingApproval.objects.filter(workflow_tasks__workflow__in=workflows).distinct()
    for task in tasks if desk else ():
        task.groups.add(desk)
    return desk is not None and tasks.exists()
