"""The Django app of the plugin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EhrenamtConfig(AppConfig):
    """Label, package and URL namespace `ehrenamt`."""

    name = "ehrenamt"
    label = "ehrenamt"
    verbose_name = _("Ehrenamt")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Connect to Wagtail's signals, and set up the review after migrations."""
        from ehrenamt import checks, receivers  # noqa: F401 (both register themselves)
        from regiokit.listings.review import review_after_migrations

        # Moderators also see to enquiries that came by telephone.
        review_after_migrations(self, "Offer", also=("view_enquiry", "change_enquiry"))
