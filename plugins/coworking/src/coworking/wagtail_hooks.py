"""What the plugin adds to the Wagtail admin."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from coworking.models import Space
from coworking.viewsets import SpaceViewSet, trial_days
from regiokit import loglists
from regiokit.listings.viewsets import ListingPolicy

register_permission_policy(Space, ListingPolicy(Space))
register_snippet(SpaceViewSet)
loglists.register(trial_days)
