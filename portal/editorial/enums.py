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


class StoryKind(TextChoices):
    """Who tells a success story; the value stands in addresses (`?kind=employer`)."""

    EMPLOYER = "employer", _("Aus Betrieben")
    COMMUTER = "commuter", _("Vom Pendeln")
    ASSOCIATION = "association", _("Aus Vereinen")

    @classmethod
    def of(cls, audience: str) -> "StoryKind | None":
        """Return whose stories readers of a guide for this audience want to hear."""
        kinds = {
            Audience.EMPLOYER: cls.EMPLOYER,
            Audience.COMMUTER: cls.COMMUTER,
            Audience.ASSOCIATION: cls.ASSOCIATION,
        }
        return kinds.get(audience, cls.ASSOCIATION if audience == Audience.VOLUNTEER else None)


class EventKind(TextChoices):
    """What an event is; the value stands in addresses (`?kind=advice`)."""

    ADVICE = "advice", _("Beratung")
    COURSE = "course", _("Kurs oder Vortrag")
    MEETING = "meeting", _("Treffen")
    HELPING = "helping", _("Mitmachen")
    FESTIVAL = "festival", _("Fest oder Markt")


class EventState(TextChoices):
    """Whether an event takes place as announced."""

    PLANNED = "planned", _("findet statt")
    MOVED = "moved", _("verlegt")
    CANCELLED = "cancelled", _("abgesagt")


class Period(TextChoices):
    """From when to when the calendar shows events; the value stands in addresses (`?period=weekend`)."""

    TODAY = "today", _("heute")
    WEEKEND = "weekend", _("am Wochenende")
    MONTH = "month", _("in den nächsten 30 Tagen")


class Repeat(TextChoices):
    """How an editor says that an event repeats; date and weekday are those of its first day."""

    WEEKLY = "weekly", _("wöchentlich")
    MONTH_DAY = "month_day", _("monatlich am selben Datum, zum Beispiel am 15.")
    NTH_WEEKDAY = "nth_weekday", _("monatlich am selben Wochentag, zum Beispiel am 2. Dienstag")
    LAST_WEEKDAY = "last_weekday", _("monatlich am letzten solchen Wochentag, zum Beispiel am letzten Freitag")


class FieldType(TextChoices):
    """What a field of an editor's form asks for. No files: nobody could check them."""

    LINE = "singleline", _("Text, eine Zeile")
    TEXT = "multiline", _("Text, mehrere Zeilen")
    EMAIL = "email", _("E-Mail-Adresse")
    NUMBER = "number", _("Zahl")
    DATE = "date", _("Datum")
    CHECKBOX = "checkbox", _("ein Kästchen zum Ankreuzen")
    CHECKBOXES = "checkboxes", _("mehrere zum Ankreuzen")
    RADIO = "radio", _("eins von mehreren, alle sichtbar")
    DROPDOWN = "dropdown", _("eins von vielen, zum Aufklappen")

    @classmethod
    def with_choices(cls) -> set[str]:
        """Return the types that need a list to choose from."""
        return {cls.CHECKBOXES, cls.RADIO, cls.DROPDOWN}
