"""What the plugin adds to the Wagtail admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from ehrenamt.models import Offer
from ehrenamt.views import calls
from ehrenamt.viewsets import OfferViewSet, enquiries
from regiokit import loglists
from regiokit.listings.viewsets import ListingPolicy

register_permission_policy(Offer, ListingPolicy(Offer))
register_snippet(OfferViewSet)
loglists.register(enquiries)


@hooks.register("register_admin_urls")
def calls_urls():
    """Add the page of people who wait for a call."""
    return [path("ehrenamt/anrufe/", calls.calls, name="ehrenamt_calls")]


class CallsMenuItem(MenuItem):
    """Shown to whoever may change enquiries."""

    def is_shown(self, request):
        """Ask for the permission."""
        return request.user.has_perm("ehrenamt.change_enquiry")


@hooks.register("register_admin_menu_item")
def calls_menu_item():
    """Add the menu entry."""
    return CallsMenuItem(_("Anrufe"), reverse("ehrenamt_calls"), name="anrufe", icon_name="comment", order=220)
