"""What a county changes without a programmer: menu, footer and contact, in Wagtail's settings."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

ADDRESS = RegexValidator(
    re.compile(r"^(/(?![/\\])|https://)\S*\Z"), _("Bitte beginnen Sie mit / (in diesem Portal) oder mit https://.")
)


class HomeRegion(models.Model):
    """The one region that this database belongs to; written at the first start."""

    slug = models.SlugField(_("Region"), primary_key=True)

    class Meta:
        verbose_name = _("Region der Datenbank")
        verbose_name_plural = _("Region der Datenbank")
        default_permissions = ()

    def __str__(self):
        return self.slug


@register_setting(icon="list-ul")
class SiteDetails(BaseSiteSetting, ClusterableModel):
    """Menu, footer and contact of a site. What is left empty comes from the region's profile."""

    organisation = models.CharField(_("Stelle"), max_length=160, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=160, blank=True)
    postal_code = models.CharField(_("Postleitzahl"), max_length=5, blank=True)
    city = models.CharField(_("Ort"), max_length=100, blank=True)
    phone = models.CharField(
        _("Telefon"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^\+?[0-9][0-9 /()-]{4,}$", _("Bitte geben Sie eine Telefonnummer ein."))],
    )
    hours = models.CharField(_("Sprechzeiten"), max_length=160, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)

    contact_fields = ("organisation", "street", "postal_code", "city", "phone", "hours", "email")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(_("Vier bis sechs Einträge im Hauptmenü. Ohne Einträge zeigt es alle Bereiche.")),
                    InlinePanel("entries", heading=_("Einträge"), label=_("Eintrag")),
                ],
                heading=_("Menü und Fußzeile"),
            ),
            ObjectList(
                [
                    HelpPanel(_("Leere Felder zeigen die Angaben aus dem Profil der Region.")),
                    MultiFieldPanel([FieldPanel(name) for name in contact_fields], heading=_("Kontakt")),
                ],
                heading=_("Kontakt"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("Menü und Kontakt")
        verbose_name_plural = _("Menüs und Kontakte")


class MenuEntry(Orderable):
    """One link of the menu or the footer: to a page, or to an address."""

    class Area(models.TextChoices):
        """Where the link stands."""

        MAIN = "main", _("Hauptmenü")
        FOOTER = "footer", _("Fußzeile")

    details = ParentalKey(SiteDetails, on_delete=models.CASCADE, related_name="entries")
    area = models.CharField(_("Wo?"), max_length=10, choices=Area.choices, default=Area.MAIN)
    label = models.CharField(_("Linktext"), max_length=40)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("Seite"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.CharField(
        _("oder Adresse"), max_length=200, blank=True, validators=[ADDRESS], help_text=_("zum Beispiel /kontakt/")
    )

    panels = [FieldPanel("label"), FieldPanel("page"), FieldPanel("address"), FieldPanel("area")]

    class Meta(Orderable.Meta):
        verbose_name = _("Eintrag")
        verbose_name_plural = _("Einträge")

    def __str__(self):
        return self.label

    def clean(self):
        """Ask for exactly one target."""
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError(
                {"address": _("Bitte wählen Sie eine Seite oder geben Sie eine Adresse an, nicht beides.")}
            )
