"""The space, as staff approved it, and its operating state beside it."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, URLValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from coworking.enums import Amenity, Noise, SpaceKind
from coworking.validators import LONGEST_HOURS, validate_opening_hours
from regiokit.labels import labels_of
from regiokit.listings.models import Listing, ListingState
from regiokit.paths import entry_path
from regiokit.pictures.models import Illustrated

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class SpaceQuerySet(models.QuerySet):
    """Which spaces whom concern."""

    def published(self):
        """Return what everybody may see: approved and not paused. Page, API, map, search and sitemap use it."""
        return self.filter(live=True, state__paused_at__isnull=True)

    def for_display(self):
        """Return the rows with all that a card or a page needs, in one query."""
        return self.select_related("organisation", "municipality", "state").defer(
            "municipality__outline", "organisation__description"
        )


class Space(Illustrated, Listing):
    """A place to work that can be rented for hours, days or months.

    `prices` is a list of {"product": a `Product`, "gross_cents": cents with VAT}; `accessibility` a dict with
    `wheelchair` (`Wheelchair`), `toilet`, `parking`, `induction_loop` (`Known`) and `door_width_cm`; `opening_hours`
    text in OpenStreetMap's syntax, in local time. `lat`, `lon` are degrees (WGS 84). All is part of a revision.
    """

    MOST_PICTURES = 6

    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Art"), max_length=20, choices=SpaceKind.choices, default=SpaceKind.CLASSIC)
    summary = models.CharField(_("In einem Satz"), max_length=280)
    description = models.TextField(_("Beschreibung"), blank=True, max_length=4000)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120)
    postal_code = models.CharField(
        _("Postleitzahl"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{5}$", _("Eine Postleitzahl hat fünf Ziffern, zum Beispiel 12345."))],
    )
    municipality = models.ForeignKey(
        "regiokit.Municipality", on_delete=models.PROTECT, related_name="spaces", verbose_name=_("Ort")
    )
    lat = models.FloatField(
        _("Breite"), null=True, blank=True, validators=[MinValueValidator(47), MaxValueValidator(56)]
    )
    lon = models.FloatField(_("Länge"), null=True, blank=True, validators=[MinValueValidator(5), MaxValueValidator(16)])
    opening_hours = models.CharField(_("Öffnungszeiten"), max_length=LONGEST_HOURS, validators=[validate_opening_hours])
    access_note = models.CharField(_("Hinweis zum Zugang"), max_length=300, blank=True)
    capacity_desks = models.PositiveSmallIntegerField(
        _("Schreibtische"), null=True, blank=True, validators=[MaxValueValidator(1000)]
    )
    capacity_rooms = models.PositiveSmallIntegerField(
        _("Räume"), null=True, blank=True, validators=[MaxValueValidator(200)]
    )
    internet_down = models.PositiveIntegerField(
        _("Internet: Empfang in Mbit/s"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    internet_up = models.PositiveIntegerField(
        _("Internet: Senden in Mbit/s"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    amenities = models.JSONField(_("Ausstattung"), default=list, blank=True)
    noise = models.CharField(_("Wie laut ist es?"), max_length=10, choices=Noise.choices, blank=True)
    confidential = models.BooleanField(_("Vertrauliche Gespräche sind möglich"), default=False)
    prices = models.JSONField(_("Preise"), default=list, blank=True)
    trial_day = models.BooleanField(_("Ein Probetag kann angefragt werden"), default=True)
    accessibility = models.JSONField(_("Barrierefreiheit"), default=dict, blank=True)
    accessibility_note = models.CharField(_("Hinweis zur Barrierefreiheit"), max_length=300, blank=True)
    stop_name = models.CharField(_("Nächste Haltestelle"), max_length=120, blank=True)
    stop_walk_minutes = models.PositiveSmallIntegerField(
        _("Fußweg von der Haltestelle in Minuten"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    departures_per_hour = models.PositiveSmallIntegerField(
        _("Abfahrten in der Stunde, werktags"), null=True, blank=True, validators=[MaxValueValidator(200)]
    )
    house_rules = models.TextField(_("Hausordnung"), blank=True, max_length=2000)
    phone = models.CharField(_("Telefon am Ort"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail-Adresse des Ortes"), blank=True)
    website = models.CharField(
        _("Internetseite"), max_length=200, blank=True, validators=[URLValidator(["http", "https"])]
    )

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Arbeitsort")
        verbose_name_plural = _("Arbeitsorte")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def slug(self) -> str:
        """The part of the address that people can read."""
        return slugify(self.name.translate(_SPELT_OUT))[:60].strip("-") or "arbeitsort"

    def get_absolute_url(self) -> str:
        """Return the path of the public page."""
        return entry_path("coworking:space", self.pk, self.slug)

    @property
    def point(self) -> tuple[float, float]:
        """(lat, lon) in degrees: its own, or the middle of its town while nobody has entered them."""
        if self.lat is not None and self.lon is not None:
            return self.lat, self.lon
        return self.municipality.lat, self.municipality.lon

    @property
    def address(self) -> str:
        """Street, postal code and town in one line."""
        return ", ".join(part for part in (self.street, f"{self.postal_code} {self.municipality.name}".strip()) if part)

    @property
    def amenity_labels(self) -> list[str]:
        """German labels of what there is, in the order of the filter; values that no longer exist are left out."""
        return [label for value, label in labels_of(Amenity).items() if value in self.amenities]

    @property
    def paused(self) -> bool:
        """Whether its operator took it out of sight for a while."""
        state = getattr(self, "state", None)
        return bool(state and state.paused_at)

    @property
    def confirmed_at(self):
        """When the operator last said that the details are right (UTC), or None."""
        state = getattr(self, "state", None)
        return state.confirmed_at if state else None

    def get_preview_template(self, request, mode_name):
        """Return the template of the public page, for Wagtail's preview."""
        return "coworking/space.html"

    def get_preview_context(self, request, mode_name):
        """Return what that page shows of this unsaved version."""
        return {**super().get_preview_context(request, mode_name), "space": self, "preview": True}


class SpaceState(ListingState):
    """What changes in daily use and must survive the publishing of an older version."""

    listing = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="state")

    class Meta:
        verbose_name = _("Zustand eines Arbeitsortes")
        verbose_name_plural = _("Zustände der Arbeitsorte")

    def __str__(self):
        return str(self.listing)
