"""App configuration of the editorial pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    """Page types and blocks."""

    name = "portal.editorial"
    label = "editorial"
    verbose_name = _("Redaktion")
    default_auto_field = "django.db.models.BigAutoField"
