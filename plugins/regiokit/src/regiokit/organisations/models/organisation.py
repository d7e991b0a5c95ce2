"""Organisation and membership. Walls between organisations stand in the views of the plugins, by `domain.of_member`."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """Who offers something: an association, a company, a public body.

    Contact data is shown in public only field by field, as the organisation released it.
    """

    class Kind(models.TextChoices):
        """What the organisation is here for."""

        ASSOCIATION = "association", _("Verein oder Initiative")
        OPERATOR = "operator", _("Betrieb oder Anbieter")

    class LegalForm(models.TextChoices):
        """Legal form, as the organisation itself names it."""

        EV = "ev", _("eingetragener Verein (e. V.)")
        INITIATIVE = "initiative", _("Initiative ohne eigene Rechtsform")
        VERBAND = "verband", _("Verband")
        STIFTUNG = "stiftung", _("Stiftung")
        KOMMUNE = "kommune", _("Stadt, Gemeinde oder Kreis")
        EG = "eg", _("Genossenschaft (eG)")
        GMBH = "gmbh", _("GmbH oder UG")
        GGMBH = "ggmbh", _("gemeinnützige GmbH")
        OTHER = "other", _("andere")

    CONTACT_FIELDS = ("contact_name", "phone", "email", "website")

    name = models.CharField(_("Name"), max_length=160)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind.choices, default=Kind.ASSOCIATION)
    legal_form = models.CharField(_("Rechtsform"), max_length=20, choices=LegalForm.choices, default=LegalForm.EV)
    municipality = models.ForeignKey(
        "regiokit.Municipality", on_delete=models.PROTECT, related_name="organisations", verbose_name=_("Ort")
    )
    description = models.TextField(_("Über die Organisation"), blank=True, max_length=2000)
    contact_name = models.CharField(_("Ansprechperson"), max_length=120, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    phone_hours = models.CharField(_("Telefonisch erreichbar"), max_length=120, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    website = models.URLField(_("Internetseite"), blank=True)
    release_contact_name = models.BooleanField(_("Ansprechperson öffentlich zeigen"), default=False)
    release_phone = models.BooleanField(_("Telefon öffentlich zeigen"), default=False)
    release_email = models.BooleanField(_("E-Mail öffentlich zeigen"), default=False)
    release_website = models.BooleanField(_("Internetseite öffentlich zeigen"), default=False)
    verified_at = models.DateTimeField(_("geprüft am"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("angelegt"), default=timezone.now, editable=False)
    # Written by the worker, which then asks the others once; whether it is true is asked by `domain.without_owner`.
    without_owner_since = models.DateTimeField(_("ohne Verantwortliche seit"), null=True, blank=True, editable=False)

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def released(self) -> dict[str, str]:
        """The contact fields that may be shown in public, by field name; empty ones are left out."""
        return {
            field: getattr(self, field)
            for field in self.CONTACT_FIELDS
            if getattr(self, f"release_{field}") and getattr(self, field)
        }


class Membership(models.Model):
    """That a person acts for an organisation."""

    class Role(models.TextChoices):
        """Owners may also change the organisation and its people."""

        OWNER = "owner", _("Verantwortlich")
        EDITOR = "editor", _("Bearbeitung")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("Rolle"), max_length=10, choices=Role.choices, default=Role.OWNER)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # When an editor offered to become responsible for an organisation that has nobody; staff decide.
    claimed_at = models.DateTimeField(_("möchte übernehmen seit"), null=True, blank=True, editable=False)

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Mitgliedschaft")
        verbose_name_plural = _("Mitgliedschaften")
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="regiokit_one_membership")]

    def __str__(self):
        return f"{self.user} – {self.organisation}"
