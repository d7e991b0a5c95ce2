"""Who may do what, read from the real rights of the groups: the page in the admin cannot say anything else."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from portal.office.domain.roles import roles

ACTIONS = {
    "view": gettext_lazy("ansehen"),
    "choose": gettext_lazy("auswählen"),
    "add": gettext_lazy("anlegen"),
    "change": gettext_lazy("bearbeiten"),
    "publish": gettext_lazy("veröffentlichen"),
    "delete": gettext_lazy("löschen"),
    "bulk_delete": gettext_lazy("mit allem darunter löschen"),
    "lock": gettext_lazy("sperren"),
    "unlock": gettext_lazy("entsperren"),
}
"""Words for actions, in the order in which the page names them."""


ON_PAGES = ("page_permissions__page", "page_permissions__permission__content_type")
ON_FILES = ("collection_permissions__collection", "collection_permissions__permission__content_type")


@dataclass(frozen=True)
class Line:
    """What a group may do with one thing."""

    thing: str
    actions: str


@dataclass(frozen=True)
class Described:
    """One group: its purpose as it was set up (empty for groups of administrators), who is in it, what it may do."""

    name: str
    text: str
    people: tuple[str, ...]
    lines: tuple[Line, ...]


def describe_groups() -> list[Described]:
    """Return all groups in the order of the roles, then others by name; as many queries for sixty groups as for four."""
    texts = {role.group: role.text for role in roles()}
    order = list(texts)
    groups = Group.objects.prefetch_related("user_set", "permissions__content_type", *ON_PAGES, *ON_FILES)
    found = sorted(
        groups, key=lambda group: (order.index(group.name) if group.name in texts else len(order), group.name)
    )
    return [_describe(group, texts.get(group.name, "")) for group in found]


def _describe(group: Group, text: str) -> Described:
    things: dict[str, set[str]] = {}
    for right in group.page_permissions.all():
        _add(things, _where(right), right.permission)
    for right in group.collection_permissions.all():
        _add(things, _in(right), right.permission)
    for permission in group.permissions.all():
        _add(things, _thing(permission.content_type), permission)
    people = sorted(str(person) for person in group.user_set.all() if person.is_active)
    lines = [Line(thing, _words(actions)) for thing, actions in things.items()]
    return Described(group.name, text, tuple(people), tuple(line for line in lines if line.actions))


def _add(things: dict[str, set[str]], thing: str, permission: Permission) -> None:
    action = permission.codename.removesuffix(f"_{permission.content_type.model}")
    things.setdefault(thing, set()).add(action)


def _where(right: GroupPagePermission) -> str:
    return _("Seiten in „%(page)s“") % {"page": right.page.title}


def _in(right: GroupCollectionPermission) -> str:
    kind = _thing(right.permission.content_type)
    if right.collection.is_root():
        return _("%(kind)s in allen Sammlungen") % {"kind": kind}
    return _("%(kind)s in der Sammlung „%(name)s“") % {"kind": kind, "name": right.collection.name}


def _thing(kind: ContentType) -> str:
    if kind.app_label == SearchPromotion._meta.app_label:
        # Wagtail has no German plural for them.
        return _("Suchempfehlungen")
    model = kind.model_class()
    return str(model._meta.verbose_name_plural) if model else str(kind.model)


def _words(actions: set[str]) -> str:
    return ", ".join(str(word) for action, word in ACTIONS.items() if action in actions)
