"""What the library adds to the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from regiokit.listings.models import Listing
from regiokit.organisations.checking import UNVERIFIED, VERIFIED
from regiokit.organisations.viewsets import OrganisationViewSet


@hooks.register("register_admin_viewset")
def organisations():
    """Add the organisations."""
    return OrganisationViewSet()


@hooks.register("register_log_actions")
def checks_in_the_history(actions):
    """Name the checks of organisations in Wagtail's history."""
    actions.register_action(VERIFIED, _("Als geprüft vermerken"), _("Als geprüft vermerkt"))
    actions.register_action(UNVERIFIED, _("Prüfung zurücknehmen"), _("Prüfung zurückgenommen"))


@hooks.register("construct_snippet_action_menu")
def one_way_to_release(menu_items, request, context):
    """While an entry waits for its review, "Freigeben" is the way: publishing past it would tell nobody the decision."""
    instance = context.get("instance")
    if isinstance(instance, Listing) and instance.workflow_in_progress:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
