"""Checks of single values, with German messages that show how it is written."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError

LONGEST_HOURS = 255
EXAMPLE = "Mo-Fr 08:00-18:00; Sa 09:00-13:00; PH off"

_DAYS = {"Di": "Tu", "Mi": "We", "Do": "Th", "So": "Su"}
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<day>Mo|Di|Tu|Mi|We|Do|Th|Fr|Sa|So|Su|PH|(?:an\s+)?Feiertag(?:en|e|s)?)\b\.?
      | (?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?
      | (?P<off>geschlossen|geschl\.|zu|off)(?!\w)
      | (?P<range>-|bis\b)
      | (?P<and>[,;]|und\b)
      | (?P<nothing>Uhr\b|:)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_QUOTED = re.compile(r'("[^"]*")')


def validate_opening_hours(value: str) -> None:
    """Accept opening hours in OpenStreetMap's syntax (see `tidy_opening_hours` for what people type instead).

    Refuses what cannot be worked out here: school holidays (`SH`), and days before or after holidays.
    """
    if len(value) > LONGEST_HOURS or not _can_be_read(value):
        message = _(
            "So können wir die Öffnungszeiten nicht lesen. "
            "Schreiben Sie zum Beispiel: %(example)s (PH off: an Feiertagen geschlossen)."
        )
        raise ValidationError(message % {"example": EXAMPLE}, code="opening_hours")
    bare = _QUOTED.sub("", value)
    if re.search(r"\bSH\b", bare):
        raise ValidationError(
            _(
                "Schulferien (SH) kennt das Verzeichnis nicht. "
                "Nennen Sie bitte die Tage, zum Beispiel: 2027 Jan 04-2027 Jan 09 off."
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
    """Return what people type in OpenStreetMap's syntax.

    "Mo-Do 8-17 Uhr, Fr 8-13 Uhr" becomes "Mo-Th 08:00-17:00; Fr 08:00-13:00".
    Text that needs no help, and text that cannot be helped, comes back as it is.
    """
    value = " ".join(value.replace("–", "-").split())
    if len(value) > LONGEST_HOURS or _can_be_read(value):
        return value
    tidied = _translated(value)
    return tidied if len(tidied) <= LONGEST_HOURS and _can_be_read(tidied) else value


def _translated(text: str) -> str:
    """Put the words into the order and spelling of the syntax; an empty text when there is a word that is not known."""
    rules: list[tuple[str, str]] = []
    days, times, joint, position = "", "", ",", 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            return ""
        position = token.end()
        if token["day"]:
            if times:
                rules.append((days, times))
                days, times = "", ""
            days += (joint if days else "") + _day(token["day"])
        elif token["hour"]:
            times += (joint if times else "") + f"{int(token['hour']):02d}:{token['minute'] or '00'}"
        elif token["off"]:
            times = "off"
        if not token["nothing"]:
            joint = "-" if token["range"] else ","
    return "; ".join(f"{days} {times}" for days, times in [*rules, (days, times)])


def _day(word: str) -> str:
    if "feiertag" in word.lower():
        return "PH"
    name = word.upper() if word.upper() == "PH" else word.capitalize()
    return _DAYS.get(name, name)
