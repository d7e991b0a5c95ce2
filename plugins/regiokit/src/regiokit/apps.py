"""The one Django app of the library."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegiokitConfig(AppConfig):
    """Label `regiokit`; everything concrete that plugins share lives in its tables."""

    name = "regiokit"
    label = "regiokit"
    verbose_name = _("Gemeinsames")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register the system checks, and what completes the search's tables after each migration."""
        from regiokit.search import checks  # noqa: F401
        from regiokit.search.engines.database import schema

        post_migrate.connect(schema.complete, sender=self)
