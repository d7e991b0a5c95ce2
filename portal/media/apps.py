"""App configuration of pictures and documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """The portal's own image and document models."""

    name = "portal.media"
    label = "media"
    verbose_name = _("Bilder und Dokumente")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register the checks."""
        from portal.media import checks  # noqa: F401
