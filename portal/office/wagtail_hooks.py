"""What the office changes in the Wagtail admin: menus without what a group does not need, a start page that begins work."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import LockedPagesPanel
from wagtail.models import Page

from portal.editorial.models.base import EditorialPage
from portal.office import views
from portal.office.panels import StartsPanel

FOREIGN = ("whats-new", "editor-guide")
"""Help of Wagtail's makers: in English, on foreign hosts."""

FOR_WHOEVER_MAY_ALL = {"locked-pages", "workflow-tasks", "page-types-usage", "site-history"}
"""Reports that nobody needs for daily work."""


@hooks.register("register_admin_urls", order=-1)
def office_urls():
    """Add the page that explains the groups, and stand in front of Wagtail's two forms for redirects."""
    return [
        path("wer-darf-was/", views.rights, name="office_rights"),
        path("redirects/add/", views.RedirectCreateView.as_view()),
        path("redirects/<int:redirect_id>/", views.RedirectEditView.as_view()),
    ]


@hooks.register("register_help_menu_item")
def rights_menu_item():
    """Lead to that page."""
    return MenuItem(_("Wer darf was"), reverse("office_rights"), name="wer-darf-was", icon_name="group", order=100)


@hooks.register("construct_help_menu")
def help_at_home(request, menu_items):
    """Leave out help on foreign hosts."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(FOREIGN)]


@hooks.register("construct_reports_menu")
def reports_of_daily_work(request, menu_items):
    """Leave out what only administrators read."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in FOR_WHOEVER_MAY_ALL]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_figures(request, items):
    """Leave out the numbers of pages and pictures: nobody begins work with them."""
    items.clear()


@hooks.register("construct_homepage_panels")
def begin_work(request, panels):
    """Put what people begin with on top."""
    panels[:] = [panel for panel in panels if not isinstance(panel, LockedPagesPanel)]
    panels.append(StartsPanel(request.user))


@hooks.register("construct_page_action_menu")
def one_obvious_button(menu_items, request, context):
    """In daily business, whoever may publish finds "Veröffentlichen" first and no workflow beside it."""
    publish = next((item for item in menu_items if item.name == "action-publish"), None)
    page = context.get("page")
    if publish and _is_daily_business(page, context.get("parent_page")) and not (page and page.workflow_in_progress):
        others = [item for item in menu_items if item not in (publish,) and item.name != "action-submit"]
        menu_items[:] = [publish, *others]


def _is_daily_business(page: Page | None, parent: Page | None) -> bool:
    section = parent if parent is not None else page.get_parent() if page else None
    kinds = [thing.specific_class for thing in (section, page) if thing is not None]
    return any(issubclass(kind, EditorialPage) and kind.published_directly for kind in kinds if kind)
