"""Closed lists of values with their German labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SpaceKind(TextChoices):
    """What sort of place it is."""

    CLASSIC = "classic", _("Coworking-Space")
    VILLAGE_HUB = "village_hub", _("Dorfbüro")
    LIBRARY = "library", _("Arbeitsplatz in der Bücherei")
    MAKER = "maker", _("Werkstatt mit Arbeitsplätzen")
    RETREAT = "retreat", _("Arbeiten mit Auszeit")
    COMPANY = "company", _("Gastplatz in einer Firma")


class Amenity(TextChoices):
    """What a space has; the facet `amenity` of the search. The order is that of the filter."""

    FIBRE = "fibre", _("Glasfaser")
    MEETING_ROOM = "meeting_room", _("Besprechungsraum")
    PHONE_BOOTH = "phone_booth", _("Telefonkabine")
    SECOND_MONITOR = "second_monitor", _("zweiter Bildschirm")
    SIT_STAND_DESK = "sit_stand_desk", _("höhenverstellbarer Tisch")
    LOCKABLE_ROOM = "lockable_room", _("abschließbarer Raum")
    PRINTER = "printer", _("Drucker")
    KITCHEN = "kitchen", _("Küche")
    COFFEE = "coffee", _("Kaffee und Tee")
    PARKING = "parking", _("Parkplatz")
    BIKE_PARKING = "bike_parking", _("Fahrradstellplatz")
    EV_CHARGING = "ev_charging", _("Ladesäule")
    LOCKERS = "lockers", _("Schließfach")
    CHILDCARE_NEAR = "childcare_near", _("Kinderbetreuung in der Nähe")


class Product(TextChoices):
    """What can be bought, from short to long."""

    HOUR = "hour", _("Stunde")
    HALF_DAY = "half_day", _("halber Tag")
    DAY = "day", _("ganzer Tag")
    TEN_DAYS = "ten_days", _("Zehnerkarte")
    MONTH = "month", _("Monat")


class PriceBand(TextChoices):
    """What a day costs, as somebody looks for it."""

    TEN = "ten", _("bis 10 Euro")
    TWENTY = "twenty", _("über 10 bis 20 Euro")
    MORE = "more", _("über 20 Euro")
    UNKNOWN = "unknown", _("nicht bekannt, auf Anfrage")


class Noise(TextChoices):
    """How loud it usually is."""

    QUIET = "quiet", _("ruhig")
    MIXED = "mixed", _("ruhige und lebhafte Bereiche")
    LIVELY = "lively", _("lebhaft")


class Wheelchair(TextChoices):
    """Access with a wheelchair, with the values of OpenStreetMap's key `wheelchair`."""

    UNKNOWN = "unknown", _("nicht bekannt")
    YES = "yes", _("ja")
    LIMITED = "limited", _("teilweise")
    NO = "no", _("nein")


class Known(TextChoices):
    """Yes, no, or not known."""

    UNKNOWN = "unknown", _("nicht bekannt")
    YES = "yes", _("ja")
    NO = "no", _("nein")


class TrialDayState(TextChoices):
    """Where a trial day stands."""

    UNCONFIRMED = "unconfirmed", _("E-Mail noch nicht bestätigt")
    REQUESTED = "requested", _("angefragt")
    ACCEPTED = "accepted", _("zugesagt")
    DECLINED = "declined", _("abgesagt")
    LAPSED = "lapsed", _("verfallen")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
