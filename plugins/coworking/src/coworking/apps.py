"""The Django app of the plugin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoworkingConfig(AppConfig):
    """Label `coworking`."""

    name = "coworking"
    label = "coworking"
    verbose_name = _("Coworking")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Connect the receivers and, after migrations, the review of spaces."""
        from coworking import checks, receivers  # noqa: F401 (checks register themselves)
        from regiokit.listings.review import review_after_migrations

        receivers.connect()
        review_after_migrations(self, "Space", also=("view_trialday",))
