"""Checks of single values, with German messages that show how it is written."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError

LONGEST_HOURS = 255
EXAMPLE = "Mo-Fr 08:00-18:00; Sa 09:00-13:00; PH off"

_DAYS = {"Di": "Tu", "Mi": "We", "Do": "Th", "So": "Su"}
_CLOSED = re.compile(r"\b(?:geschlossen|geschl\.|zu)(?!\w)", re.IGNORECASE)
_HOLIDAYS = re.compile(r"\b(?:an )?Feiertage?n?\b", re.IGNORECASE)
_SPAN = re.compile(
    r"(?<![\d:])(\d{1,2})(?:[:.](\d{2}))?\s*(?:Uhr)?\s*(?:-|bis)\s*(\d{1,2})(?:[:.](\d{2}))?(?![\d:])(?:\s*Uhr)?", re.I
)
_QUOTED = re.compile(r'("[^"]*")')


def validate_opening_hours(value: str) -> None:
    """Accept opening hours in OpenStreetMap's syntax (see `tidy_opening_hours` for what people type instead).

    Refuses what cannot be worked out here: school holidays (`SH`), and days before or after holidays.
    """
    if len(value) > LONGEST_HOURS or not _can_be_read(value):
        message = _(
            "So können wir die Öffnungszeiten nicht lesen. Schreiben Sie zum Beispiel: %(example)s (PH off: an Feiertagen zu)."
        )
        raise ValidationError(message % {"example": EXAMPLE}, code="opening_hours")
    bare = _QUOTED.sub("", value)
    if re.search(r"\bSH\b", bare):
        raise ValidationError(
            _(
                "Schulferien (SH) kennt das Verzeichnis nicht. Nennen Sie bitte die Tage, zum Beispiel: 2027 Jan 04-2027 Jan 09 off."
            )
        )
    if re.search(r"\bPH\s*[+-]", bare):
        raise ValidationError(_("Tage vor oder nach Feiertagen nennen Sie bitte mit Datum, zum Beispiel: Dec 24 off."))


def _can_be_read(value: str) -> bool:
    try:
        OpeningHours(value)
    except (ParserError, ValueError, OverflowError):
        return False
    return True


def tidy_opening_hours(value: str) -> str:
    """Return what people type in OpenStreetMap's syntax: "Mo-Do 8-17 Uhr, Fr 8-13 Uhr" -> "Mo-Th 08:00-17:00; Fr 08:00-13:00".

    Text that needs no help, and text that cannot be helped, comes back as it is.
    """
    value = " ".join(value.replace("–", "-").split())
    if len(value) > LONGEST_HOURS or _can_be_read(value):
        return value
    tidied = "".join(part if part.startswith('"') else _translated(part) for part in _QUOTED.split(value))
    return tidied if len(tidied) <= LONGEST_HOURS and _can_be_read(tidied) else value


def _translated(text: str) -> str:
    text = re.sub(r"\b(Di|Mi|Do|So)\b\.?", lambda found: _DAYS[found[1]], text)
    text = re.sub(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b\.?\s*(?:-|bis)\s*\b(Mo|Tu|We|Th|Fr|Sa|Su)\b\.?", r"\1-\2", text)
    text = _HOLIDAYS.sub("PH", _CLOSED.sub("off", text))
    text = _SPAN.sub(lambda t: f"{int(t[1]):02d}:{t[2] or '00'}-{int(t[3]):02d}:{t[4] or '00'}", text)
    text = re.sub(r"\bu(?:nd|\.)\s*(?=\d)", ",", text)
    text = re.sub(r"(?<=\d)\s*,\s*(?=\d)", ",", text)
    text = re.sub(r"\s*[,;]?\s*\b(?:und )?(?=(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:[-,\w]*)\s+(?:\d|off))", "; ", text)
    return text.strip("; ").replace(": ", " ")
