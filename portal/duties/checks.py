"""Checks before a portal goes live."""

from django.conf import settings
from django.core.checks import Error, Tags, register

from portal.duties.placeholders import placeholders


@register(Tags.security, deploy=True)
def imprint_is_real(app_configs, **kwargs):
    """Refuse the demo's invented contacts and every blank: an invented imprint is none (DDG § 5)."""
    return [
        Error(
            f"The profile of {settings.REGION.slug} is not ready: {name} {trouble}.",
            hint=f"Write the county's own data into portal/region/profiles/{settings.REGION.slug}.toml.",
            id="duties.E001",
        )
        for name, trouble in placeholders(settings.REGION)
    ]
