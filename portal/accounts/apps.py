"""App configuration of the accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Konten")
    default_auto_field = "django.db.models.BigAutoField"
