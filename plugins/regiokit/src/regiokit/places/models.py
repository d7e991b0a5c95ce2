"""Towns and postal codes of the regions that were loaded (see `regiokit.places.region`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """A town (Gemeinde), known by its Amtlicher Gemeindeschlüssel."""

    ags = models.CharField(_("Amtlicher Gemeindeschlüssel"), max_length=8, primary_key=True)
    county_ags = models.CharField(_("Schlüssel des Kreises"), max_length=5, db_index=True)
    name = models.CharField(_("Name"), max_length=100)
    kind = models.CharField(_("Art"), max_length=50, help_text=_("zum Beispiel Stadt oder Gemeinde"))
    lat = models.FloatField(_("Breite"), help_text=_("Grad, WGS 84; liegt innerhalb der Grenze"))
    lon = models.FloatField(_("Länge"), help_text=_("Grad, WGS 84; liegt innerhalb der Grenze"))
    outline = models.JSONField(
        _("Grenze"), default=list, help_text=_("Ringe aus [Länge, Breite]; Löcher sind ebenfalls Ringe")
    )

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Gemeinde")
        verbose_name_plural = _("Gemeinden")
        ordering = ["name", "ags"]
        indexes = [models.Index(fields=["lat", "lon"], name="regiokit_town_lat_lon")]

    def __str__(self) -> str:
        return self.name


class PostalCode(models.Model):
    """A postal code in one town; a code shared by several towns has one row for each of them."""

    code = models.CharField(_("Postleitzahl"), max_length=5)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("Gemeinde"), on_delete=models.CASCADE, related_name="postal_codes"
    )
    lat = models.FloatField(_("Breite"), help_text=_("Grad, WGS 84; Mitte der Postleitzahl"))
    lon = models.FloatField(_("Länge"), help_text=_("Grad, WGS 84; Mitte der Postleitzahl"))

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Postleitzahl")
        verbose_name_plural = _("Postleitzahlen")
        ordering = ["code", "municipality_id"]
        constraints = [models.UniqueConstraint(fields=["code", "municipality"], name="regiokit_code_once_a_town")]

    def __str__(self) -> str:
        return self.code
