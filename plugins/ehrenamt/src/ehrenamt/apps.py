"""The Django app of the plugin."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EhrenamtConfig(AppConfig):
    """Label, package and URL namespace `ehrenamt`."""

    name = "ehrenamt"
    label = "ehrenamt"
    verbose_name = _("Ehrenamt")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Connect to Wagtail's signals, and set up the review after migrations."""
        from ehrenamt import checks, receivers  # noqa: F401

        post_migrate.connect(receivers.set_up_review, sender=self)
