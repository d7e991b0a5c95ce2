"""App configuration of the accounts, and of Wagtail's own app for people, which takes our forms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Konten")
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self):
        """Begin to listen."""
        from portal.accounts import receivers  # noqa: F401


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's list of people, with the towns of moderators and without a way to more rights than one's own."""

    user_viewset = "portal.accounts.viewsets.PersonViewSet"
