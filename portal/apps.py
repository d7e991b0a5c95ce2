"""The portal itself as an app: commands, checks."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Gives the portal's management commands and checks a home."""

    name = "portal"
    verbose_name = "Landportal"
