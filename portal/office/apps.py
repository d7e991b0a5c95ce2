"""App configuration of the office."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    """Groups and their rights, collections, the editorial workflow and its mails."""

    name = "portal.office"
    label = "office"
    verbose_name = _("Arbeitsbereich")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Connect the receivers."""
        from portal.office import receivers

        receivers.connect()
