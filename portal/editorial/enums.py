"""Words with a fixed meaning in the editorial pages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Whom a guide is written for; the value stands in addresses (`?audience=employer`)."""

    EMPLOYER = "employer", _("Für Arbeitgeber")
    COMMUTER = "commuter", _("Für Pendlerinnen und Pendler")
    FOUNDER = "founder", _("Für Gründerinnen und Gründer")
    ASSOCIATION = "association", _("Für Vereine")
    VOLUNTEER = "volunteer", _("Für Ehrenamtliche")
