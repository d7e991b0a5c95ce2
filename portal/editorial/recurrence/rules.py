"""The rule of a repetition: RFC 5545, 3.3.10, narrowed to what is announced to people.

Weekly on certain days, or monthly on a date or on the nth weekday. Rules count days; the hour is the event's own and stays
what the clock on the wall shows, whatever the clock change does.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WEEKLY, MONTHLY = "WEEKLY", "MONTHLY"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_INTERVAL = 52
MAX_COUNT = 500
MAX_DAY = 28
"""Not every month has a 29th; a rule that skips months surprises people."""

NUMBER = re.compile(r"-?\d{1,4}")
NTH_DAY = re.compile(r"(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)")
PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT"}


class WrongRule(ValueError):
    """The text is no rule that the calendar understands; the message says why, in German."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Repeat every `interval` weeks on `weekdays` (0 is Monday), or every `interval` months.

    Monthly either on `month_day` (1 to 28) or on the `nth` (1 to 4, -1 is the last) of the one weekday in `weekdays`.
    It ends after the day `until`, after `count` times, or never.
    """

    freq: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    month_day: int = 0
    until: date | None = None
    count: int | None = None

    def __str__(self) -> str:
        """Write the rule as RFC 5545 does; UNTIL is a day in the region (`ends_at` makes a moment of it)."""
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(f"{self.nth or ''}{WEEKDAYS[day]}" for day in self.weekdays))
        if self.month_day:
            parts.append(f"BYMONTHDAY={self.month_day}")
        if self.until:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        if self.count:
            parts.append(f"COUNT={self.count}")
        return ";".join(parts)

    @property
    def endless(self) -> bool:
        """Whether nothing says when it ends."""
        return not (self.until or self.count)


def parse_rule(text: str) -> Rule | None:
    """Return the rule that the text writes, None for an empty text. Raises `WrongRule`."""
    if not text.strip():
        return None
    parts = {}
    for part in text.strip().upper().split(";"):
        name, equals, value = part.partition("=")
        if name not in PARTS or not equals or name in parts:
            raise WrongRule(_("Der Teil „%s“ der Wiederholung ist nicht erlaubt.") % part[:40])
        parts[name] = value
    if parts.get("FREQ") not in {WEEKLY, MONTHLY}:
        raise WrongRule(
            _("Veranstaltungen wiederholen sich wöchentlich oder monatlich, nicht öfter und nicht seltener.")
        )
    if "UNTIL" in parts and "COUNT" in parts:
        raise WrongRule(_("Eine Wiederholung endet an einem Tag oder nach einer Anzahl, nicht beides."))
    rule = Rule(
        freq=parts["FREQ"],
        interval=_number(parts.get("INTERVAL", "1"), MAX_INTERVAL, _("Abstand")),
        until=_day(parts["UNTIL"]) if "UNTIL" in parts else None,
        count=_number(parts["COUNT"], MAX_COUNT, _("Anzahl")) if "COUNT" in parts else None,
    )
    return _weekly(rule, parts) if rule.freq == WEEKLY else _monthly(rule, parts)


def _weekly(rule: Rule, parts: dict) -> Rule:
    names = parts.get("BYDAY", "").split(",")
    if "BYMONTHDAY" in parts or not set(names) <= set(WEEKDAYS):
        raise WrongRule(_("Eine wöchentliche Wiederholung braucht Wochentage."))
    return replace(rule, weekdays=tuple(sorted({WEEKDAYS.index(name) for name in names})))


def _monthly(rule: Rule, parts: dict) -> Rule:
    nth = NTH_DAY.fullmatch(parts.get("BYDAY", ""))
    if nth and "BYMONTHDAY" not in parts:
        return replace(rule, nth=int(nth[1]), weekdays=(WEEKDAYS.index(nth[2]),))
    if "BYDAY" in parts or "BYMONTHDAY" not in parts:
        raise WrongRule(_("Eine monatliche Wiederholung braucht ein Datum oder den wievielten Wochentag."))
    return replace(rule, month_day=_number(parts["BYMONTHDAY"], MAX_DAY, _("Tag des Monats")))


def _number(text: str, most: int, label: str) -> int:
    if NUMBER.fullmatch(text) and 1 <= int(text) <= most:
        return int(text)
    raise WrongRule(_("%(label)s: Bitte geben Sie eine Zahl von 1 bis %(most)s ein.") % {"label": label, "most": most})


def _day(text: str) -> date:
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()
    except ValueError as error:
        raise WrongRule(_("Das Ende der Wiederholung ist kein Datum.")) from error


def validate_rule(text: str) -> None:
    """Refuse what is no rule (a validator of a model field)."""
    try:
        parse_rule(text)
    except WrongRule as error:
        raise ValidationError(str(error)) from error


def parse_days(text: str) -> tuple[date, ...]:
    """Return the days of an EXDATE text ("20261224,20261231") in order. Raises `WrongRule`."""
    return tuple(sorted({_day(part) for part in text.split(",") if part}))


def days_text(days: Iterable[date]) -> str:
    """Return days as an EXDATE text, in order."""
    return ",".join(f"{day:%Y%m%d}" for day in sorted(set(days)))


def validate_days(text: str) -> None:
    """Refuse what are no days (a validator of a model field)."""
    try:
        parse_days(text)
    except WrongRule as error:
        raise ValidationError(_("Die Ausnahmen sind keine Daten.")) from error
