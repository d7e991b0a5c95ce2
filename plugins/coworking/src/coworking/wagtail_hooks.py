"""What the plugin adds to the Wagtail admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from coworking.models import Space, TrialDay
from coworking.viewsets import ReadOnlyPolicy, SpaceViewSet, TrialDayViewSet
from regiokit.listings.viewsets import ListingPolicy

register_permission_policy(Space, ListingPolicy(Space))
register_snippet(SpaceViewSet)
register_permission_policy(TrialDay, ReadOnlyPolicy(TrialDay))


@hooks.register("register_admin_viewset")
def register_trial_days():
    """Add the read-only list of trial days."""
    return TrialDayViewSet()
