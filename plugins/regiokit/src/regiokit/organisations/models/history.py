"""What staff decided about an organisation: checked or not, and merged with another."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regiokit.organisations.models.organisation import Organisation


class VerificationDecision(models.Model):
    """One line in the history of the note "geprüft": who set or cleared it, when, and on what ground."""

    class Decision(models.TextChoices):
        """What happened to the note."""

        VERIFIED = "verified", _("geprüft")
        WITHDRAWN = "withdrawn", _("zurückgenommen")
        LAPSED = "lapsed", _("erloschen, weil sich Angaben geändert haben")

    class Ground(models.TextChoices):
        """How staff made sure."""

        REGISTER = "register", _("Eintrag im Register (Vereins-, Handels-, Stiftungsregister)")
        IMPRINT = "imprint", _("Impressum der Internetseite")
        CALL = "call", _("Anruf unter einer öffentlich bekannten Nummer")
        DOCUMENT = "document", _("vorgelegte Satzung oder Bescheinigung")
        KNOWN = "known", _("der Verwaltung persönlich bekannt")
        OTHER = "other", _("anders, siehe Bemerkung")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="verifications")
    decision = models.CharField(_("Entscheidung"), max_length=10, choices=Decision.choices)
    ground = models.CharField(_("Woran geprüft"), max_length=10, choices=Ground.choices, blank=True)
    register_number = models.CharField(_("Registernummer"), max_length=60, blank=True)
    reason = models.TextField(_("Bemerkung"), blank=True, max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    at = models.DateTimeField(_("am"), default=timezone.now, editable=False)

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Entscheidung über die Prüfung")
        verbose_name_plural = _("Entscheidungen über die Prüfung")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.organisation}: {self.get_decision_display()}"


class MergedOrganisation(models.Model):
    """The number and name of an organisation that was merged into another, so that old links still lead somewhere."""

    number = models.PositiveBigIntegerField(_("frühere Nummer"), unique=True)
    name = models.CharField(_("früherer Name"), max_length=160)
    into = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="merged_from")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    at = models.DateTimeField(_("am"), default=timezone.now, editable=False)

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Zusammengeführte Organisation")
        verbose_name_plural = _("Zusammengeführte Organisationen")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.name} → {self.into}"
