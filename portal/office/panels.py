"""The panel of the admin's first page that begins work: "Neue Nachricht" and its like."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.editorial.models.base import EditorialPage


@dataclass(frozen=True)
class Start:
    """One thing to begin with."""

    label: str
    url: str
    icon: str


class StartsPanel(Component):
    """Links to the forms that this person needs most."""

    name = "starts"
    template_name = "office/starts.html"
    order = 50

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        """Return the links; none, and the panel says nothing."""
        return {"starts": starts(self.user)}


def starts(user) -> list[Start]:
    """Return what this person may begin: a new page in each section."""
    kinds = ContentType.objects.get_for_models(*_models()).items()
    by_kind = {kind.pk: model for model, kind in kinds}
    sections = Page.objects.filter(content_type__in=by_kind).order_by("path")
    allowed = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "add")
    return [_start(section, by_kind[section.content_type_id]) for section in sections & allowed]


def _models() -> list[type[EditorialPage]]:
    """Return the types of sections: pages below which only one other type stands."""
    models = [model for model in apps.get_models() if issubclass(model, EditorialPage)]
    return [model for model in models if len(model.allowed_subpage_models()) == 1 and not _repeats(model)]


def _repeats(model: type[EditorialPage]) -> bool:
    return model in model.allowed_subpage_models()


def _start(section: Page, model: type[EditorialPage]) -> Start:
    page = model.allowed_subpage_models()[0]
    arguments = [page._meta.app_label, page._meta.model_name, section.pk]
    label = page.new_label or _("%(kind)s anlegen") % {"kind": page._meta.verbose_name}
    return Start(str(label), reverse("wagtailadmin_pages:add", args=arguments), "doc-full")
