"""The room as an app, so that Wagtail reads its hooks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WaitingConfig(AppConfig):
    """Has no tables."""

    name = "portal.waiting"
    label = "waiting"
    verbose_name = _("Was wartet")
