"""App configuration of the site's search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteSearchConfig(AppConfig):
    """One box over everything; keeps the pages' search entries up to date."""

    name = "portal.sitesearch"
    label = "sitesearch"
    verbose_name = _("Suche")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Connect the receivers."""
        from portal.sitesearch import receivers  # noqa: F401
