"""The words of the field: values for programs, German labels for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cause(models.TextChoices):
    """Engagementbereich: the fields of the Deutscher Freiwilligensurvey, with Heimat and Digitales added."""

    SPORT = "sport", _("Sport und Bewegung")
    CULTURE = "culture", _("Kultur und Musik")
    LEISURE = "leisure", _("Freizeit und Geselligkeit")
    SOCIAL = "social", _("Soziales")
    HEALTH = "health", _("Gesundheit")
    SCHOOL = "school", _("Schule und Kita")
    YOUTH = "youth", _("Jugend- und Erwachsenenbildung")
    ENVIRONMENT = "environment", _("Umwelt, Natur und Tiere")
    POLITICS = "politics", _("Politik und Interessenvertretung")
    WORK = "work", _("Arbeit und Beruf")
    CHURCH = "church", _("Kirche und Religion")
    JUSTICE = "justice", _("Justiz und Sicherheit")
    RESCUE = "rescue", _("Rettungsdienst, Feuerwehr, Katastrophenschutz")
    LOCAL = "local", _("Heimat, Dorf und Brauchtum")
    DIGITAL = "digital", _("Digitales")


class Time(models.TextChoices):
    """How often people are needed."""

    ONCE = "once", _("einmalig")
    PROJECT = "project", _("für begrenzte Zeit")
    MONTHLY = "monthly", _("etwa einmal im Monat")
    WEEKLY = "weekly", _("etwa einmal in der Woche")
    MORE = "more", _("mehrmals in der Woche")
    FLEXIBLE = "flexible", _("zeitlich frei einteilbar")


class When(models.TextChoices):
    """When people are needed, as somebody looks for it. `SUNDAY` and `WEEKEND` move on every day."""

    SUNDAY = "sunday", _("heute bis Sonntag")
    WEEKEND = "weekend", _("am Wochenende")
    REGULAR = "regular", _("regelmäßig")
    OPEN = "open", _("ohne Enddatum")
    ENDING = "ending", _("bis zu einem festen Tag")
    UNKNOWN = "unknown", _("nicht bekannt")


class Mode(models.TextChoices):
    """Where the engagement takes place."""

    ON_SITE = "on_site", _("vor Ort")
    AREA = "area", _("im ganzen Kreis")
    HYBRID = "hybrid", _("teils vor Ort, teils online")
    ONLINE = "online", _("online, von zu Hause aus")


class Certificate(models.TextChoices):
    """Führungszeugnis: § 30 (basic) and § 30a (extended) BZRG; § 72a SGB VIII asks for the latter with minors."""

    NONE = "none", _("kein Führungszeugnis")
    BASIC = "basic", _("einfaches Führungszeugnis")
    EXTENDED = "extended", _("erweitertes Führungszeugnis")


class Insurance(models.TextChoices):
    """Who insures volunteers against liability."""

    CARRIER = "carrier", _("Ja, über den Verein oder Träger")
    LAND = "land", _("Ja, über das Land")
    UNKNOWN = "unknown", _("nicht angegeben")


class Known(models.TextChoices):
    """Yes, no, and honestly unknown."""

    YES = "yes", _("ja")
    NO = "no", _("nein")
    UNKNOWN = "unknown", _("nicht bekannt")


class Suitable(models.TextChoices):
    """Whom an offer suits in particular."""

    BEGINNERS = "beginners", _("ohne Vorkenntnisse")
    LITTLE_GERMAN = "little_german", _("wenig Deutsch reicht")
    GROUPS = "groups", _("für Gruppen")
    FAMILIES = "families", _("für Familien mit Kindern")


class EnquiryState(models.TextChoices):
    """Where an enquiry stands. `PHONE` waits for a person at the county, `WAITING` for the association."""

    UNCONFIRMED = "unconfirmed", _("wartet auf Bestätigung der E-Mail-Adresse")
    PHONE = "phone", _("wartet auf einen Anruf")
    WAITING = "waiting", _("wartet auf Antwort des Vereins")
    ANSWERED = "answered", _("beantwortet")
    DECLINED = "declined", _("abgesagt")
    WITHDRAWN = "withdrawn", _("zurückgenommen")
    CLOSED = "closed", _("am Telefon erledigt")
