"""When a space is open, in local time, with the public holidays of its Land.

Opening hours are text in OpenStreetMap's syntax
(https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification). The parser knows only the holidays of all
Germany, so each day is worked out by itself: on a holiday of the Land, `PH` stands for that day's weekday; on every
other day it stands for nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from opening_hours import OpeningHours, ParserError, State

from coworking.domain.public_holidays import holiday_name, land_of

LOCAL = ZoneInfo("Europe/Berlin")
ALWAYS_AFTER_DAYS = 8
"""Open without a break for so many days counts as "durchgehend"."""
LOOK_AHEAD_DAYS = 21

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_QUOTED = re.compile(r'("[^"]*")')


@dataclass(frozen=True, slots=True)
class Span:
    """An uninterrupted time of one day; `start` and `end` in UTC, `comment` as the operator wrote it."""

    start: datetime
    end: datetime
    comment: str = ""


def is_open(space, at: datetime | None = None) -> bool:
    """Say whether the space is open at that moment (default: now)."""
    at = at or timezone.now()
    return any(span.start <= at < span.end for span in spans(space, _local_day(at)))


def open_until(space, at: datetime | None = None) -> datetime | None:
    """Return the local moment at which the space closes; None when it is closed, or open all the time."""
    at = at or timezone.now()
    day = _local_day(at)
    end = next((span.end for span in spans(space, day) if span.start <= at < span.end), None)
    if end is None:
        return None
    for _turn in range(ALWAYS_AFTER_DAYS):
        day += timedelta(days=1)
        following = next((span.end for span in spans(space, day) if span.start == end), None)
        if following is None:
            return end.astimezone(LOCAL)
        end = following
    return None


def opens_at(space, at: datetime | None = None) -> datetime | None:
    """Return the local moment at which the space opens next; None when that is not within three weeks."""
    at = at or timezone.now()
    first = _local_day(at)
    for offset in range(LOOK_AHEAD_DAYS):
        for span in spans(space, first + timedelta(days=offset)):
            if span.start > at:
                return span.start.astimezone(LOCAL)
    return None


def open_days(space, *, first: date, days: int) -> Iterator[date]:
    """Yield the days on which the space is open at all, from `first` on, of the next `days` days."""
    for offset in range(days):
        day = first + timedelta(days=offset)
        if spans(space, day):
            yield day


def spans(space, day: date) -> tuple[Span, ...]:
    """Return when the space is open on that local day, clipped to the day; empty when it is closed or nobody knows."""
    return _spans(space.opening_hours, land_of(space.municipality_id or ""), day)


@lru_cache(maxsize=20_000)
def _spans(text: str, land: str, day: date) -> tuple[Span, ...]:
    rule = _rule(text, _WEEKDAYS[day.weekday()] if holiday_name(land, day) else "")
    if rule is None:
        return ()
    start, end = (datetime.combine(day + timedelta(days=n), time.min, tzinfo=LOCAL) for n in (0, 1))
    found: list[Span] = []
    for begins, ends, state, comment in rule.intervals(start, end):
        if state is not State.OPEN or begins is None or ends is None:
            continue
        span = Span(begins.astimezone(UTC), ends.astimezone(UTC), comment)
        if found and found[-1].end == span.start:
            # Two rules that meet ("08:00-12:00 "mit Schlüssel", 12:00-18:00") are one opening for whoever comes.
            found[-1] = Span(found[-1].start, span.end, found[-1].comment or span.comment)
        else:
            found.append(span)
    return tuple(found)


@lru_cache(maxsize=4_000)
def _rule(text: str, holiday_weekday: str) -> OpeningHours | None:
    """Return the parsed rule, with `PH` replaced by that weekday; None for text that cannot be read."""
    try:
        if holiday_weekday:
            text = "".join(
                part if part.startswith('"') else re.sub(r"\bPH\b", holiday_weekday, part)
                for part in _QUOTED.split(str(OpeningHours(text)))
            )
        return OpeningHours(text, timezone=LOCAL)
    except (ParserError, ValueError, OverflowError):
        return None


def _local_day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()
