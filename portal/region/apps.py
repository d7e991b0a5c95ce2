"""App configuration of the region."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionConfig(AppConfig):
    """The county's profile, menus and contacts."""

    name = "portal.region"
    label = "region"
    verbose_name = _("Region")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register the checks."""
        from portal.region import checks  # noqa: F401
