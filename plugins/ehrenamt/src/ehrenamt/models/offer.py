"""The offer (Angebot) and its operating state."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _

from ehrenamt.enums import Cause, Certificate, Insurance, Known, Mode, Suitable, Time
from ehrenamt.fields import ChoiceListField
from regiokit.labels import labels_of
from regiokit.listings.models import Listing, ListingState
from regiokit.paths import entry_path
from regiokit.pictures.models import Illustrated

ACCESS_FIELDS = ("step_free", "toilet", "parking", "hearing", "plain_language")
TEASER_LENGTH = 160
MOST_CAUSES = 3
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


class OfferQuerySet(models.QuerySet):
    """Offers; `published` is the one rule of what the public sees."""

    def published(self):
        """Return offers that are live, not paused, and not over."""
        today = timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), live=True, state__paused_at=None)

    def with_card(self):
        """Load what a card shows in the same query, without the towns' outlines."""
        found = self.select_related("organisation", "municipality", "state")
        return found.defer("municipality__outline")


def _known(label) -> models.CharField:
    return models.CharField(label, max_length=10, choices=Known.choices, default=Known.UNKNOWN)


class Offer(Illustrated, Listing):
    """What an association needs people for."""

    title = models.CharField(_("Titel"), max_length=80)
    description = models.TextField(_("Was ist zu tun?"), max_length=4000, blank=True)
    summary = models.CharField(_("Kurz gesagt"), max_length=200, blank=True)
    needs = models.TextField(_("Was sollten Interessierte mitbringen?"), max_length=1500, blank=True)
    gives = models.TextField(_("Was bieten Sie?"), max_length=1500, blank=True)
    causes = ChoiceListField(_("Bereich"), values=Cause, most=MOST_CAUSES)
    time = models.CharField(_("Wie oft?"), max_length=10, choices=Time.choices, blank=True)
    schedule = models.CharField(_("Tage und Uhrzeiten"), max_length=120, blank=True)
    starts_on = models.DateField(_("Beginn"), null=True, blank=True)
    ends_on = models.DateField(_("Ende"), null=True, blank=True)
    mode = models.CharField(_("Ort des Einsatzes"), max_length=10, choices=Mode.choices, default=Mode.ON_SITE)
    municipality = models.ForeignKey(
        "regiokit.Municipality",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Ort"),
    )
    place_name = models.CharField(_("Name des Ortes"), max_length=120, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    lat = models.FloatField(
        _("Breite"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    lon = models.FloatField(
        _("Länge"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    min_age = models.PositiveSmallIntegerField(
        _("Mindestalter"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    people_needed = models.PositiveSmallIntegerField(
        _("Wie viele Menschen suchen Sie?"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
    )
    certificate = models.CharField(
        _("Führungszeugnis"), max_length=10, choices=Certificate.choices, default=Certificate.NONE
    )
    expenses = models.CharField(
        _("Erstatten Sie Auslagen?"), max_length=10, choices=Known.choices, default=Known.UNKNOWN
    )
    insurance = models.CharField(
        _("Sind Ehrenamtliche versichert?"), max_length=10, choices=Insurance.choices, default=Insurance.UNKNOWN
    )
    step_free = _known(_("Stufenlos erreichbar"))
    toilet = _known(_("Barrierefreie Toilette"))
    parking = _known(_("Behindertenparkplatz"))
    hearing = _known(_("Hilfe für Menschen mit Hörbehinderung"))
    plain_language = _known(_("Einfache Sprache"))
    accessibility_note = models.CharField(_("Hinweise zur Barrierefreiheit"), max_length=400, blank=True)
    suitable_for = ChoiceListField(_("Besonders geeignet"), values=Suitable)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("Angebot")
        verbose_name_plural = _("Angebote")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("lock_offer", "Can lock offer"),
            ("unlock_offer", "Can unlock offer"),
            ("publish_offer", "Can publish offer"),
        ]
        default_permissions = ("add", "change", "delete", "view")

    def __str__(self):
        return self.title

    def clean(self):
        """Keep dates in order, and give an offer in a town that town's point when it has none of its own."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Das Ende liegt vor dem Beginn.")})
        if self.municipality_id and (self.lat is None or self.lon is None):
            self.lat, self.lon = self.municipality.lat, self.municipality.lon
        if not self.municipality_id and self.mode in (Mode.AREA, Mode.ONLINE):
            self.lat = self.lon = None

    @property
    def slug(self) -> str:
        """The readable part of the address; follows the title."""
        return slugify(self.title.translate(_UMLAUTS))[:80].strip("-") or "angebot"

    def get_absolute_url(self) -> str:
        """Return the path of the public page."""
        return entry_path("ehrenamt:offer", self.pk, self.slug)

    @property
    def teaser(self) -> str:
        """The summary, or as many first sentences of the description as fit."""
        if self.summary:
            return self.summary
        text, found = " ".join(self.description.split()), ""
        for sentence in re.split(r"(?<=[.!?]) ", text):
            if len(found) + len(sentence) > TEASER_LENGTH:
                break
            found = f"{found} {sentence}".strip()
        return found or Truncator(text).chars(TEASER_LENGTH)

    @property
    def cause_labels(self) -> list[str]:
        """The German names of the causes."""
        labels = labels_of(Cause)
        return [labels[value] for value in self.causes if value in labels]

    @property
    def suitable_labels(self) -> list[str]:
        """For whom the offer suits in particular, in German."""
        labels = labels_of(Suitable)
        return [labels[value] for value in self.suitable_for if value in labels]

    @property
    def town_name(self) -> str:
        """The town, or in words where else the engagement takes place."""
        return self.municipality.name if self.municipality_id else labels_of(Mode)[self.mode]

    @property
    def time_label(self) -> str:
        """How often people are needed, in German; nothing when nobody said."""
        return labels_of(Time).get(self.time, "")

    @property
    def access_facts(self) -> list[tuple[str, str]]:
        """Label and value of each fact about accessibility, the unknown ones among them."""
        return [(str(self._meta.get_field(name).verbose_name), getattr(self, name)) for name in ACCESS_FIELDS]

    @property
    def accessibility(self) -> dict[str, str]:
        """Each fact about accessibility by its English name: yes, no or unknown."""
        return {name: getattr(self, name) for name in ACCESS_FIELDS}

    @cached_property
    def operating(self) -> "OfferState":
        """The operating state; a fresh one for an entry that was made in another way than by our verbs."""
        try:
            return self.state
        except OfferState.DoesNotExist:
            return OfferState(listing=self)

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return bool(self.ends_on and self.ends_on < timezone.localdate())

    @property
    def is_public(self) -> bool:
        """The rule of `OfferQuerySet.published` for one offer."""
        return bool(self.live and not self.is_over and not self.operating.paused_at)

    def get_preview_template(self, request, mode_name):
        """Draw the preview in Wagtail's admin with the public page."""
        return "ehrenamt/offer.html"

    def get_preview_context(self, request, mode_name):
        """Return what the public page needs."""
        return super().get_preview_context(request, mode_name) | {"offer": self, "preview": True}


class OfferState(ListingState):
    """What changes in daily use. Publishing an older revision leaves it alone."""

    listing = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="state")

    class Meta:
        verbose_name = _("Betriebszustand")
        verbose_name_plural = _("Betriebszustände")

    def __str__(self):
        return f"#{self.listing_id}"
