"""Checks before a portal goes live."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def profile_is_no_example(app_configs, **kwargs):
    """Warn while the imprint is the demo's: an invented imprint is none (DDG § 5)."""
    if not settings.REGION.imprint.get("example"):
        return []
    return [
        Warning(
            f"The profile of {settings.REGION.slug} still has the demo's invented contacts.",
            hint="Write the county's own into portal/region/profiles and remove `example = true`.",
            id="duties.W001",
        )
    ]
