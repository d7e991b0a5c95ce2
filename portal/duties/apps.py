"""App configuration of the duties."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    """Imprint, privacy, accessibility."""

    name = "portal.duties"
    label = "duties"
    verbose_name = _("Pflichten")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register the checks."""
        from portal.duties import checks  # noqa: F401
