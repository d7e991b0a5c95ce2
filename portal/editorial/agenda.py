"""The calendar as a list: which occurrences fall into a period, by month and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone

from portal.editorial.enums import Period
from portal.editorial.recurrence import Occurrence
from portal.editorial.recurrence.schedule import AHEAD

SATURDAY = 5


@dataclass(frozen=True)
class Entry:
    """One line: an event, one of its occurrences, and the day under which it stands."""

    event: object
    occurrence: Occurrence
    day: date


def window(period: str, *, now: datetime) -> tuple[date, date]:
    """Return the first and the last day of a `Period`; without one from today a year ahead."""
    today = timezone.localdate(now)
    if period == Period.TODAY:
        return today, today
    if period == Period.WEEKEND:
        saturday = today + timedelta(days=SATURDAY - today.weekday())
        return max(saturday, today), saturday + timedelta(days=1)
    return today, today + (timedelta(days=30) if period == Period.MONTH else AHEAD)


def agenda(events: Iterable, *, period: str = "", now: datetime | None = None) -> list[Entry]:
    """Return what is not over yet in the period, first things first. What began before stands under the first day."""
    now = now or timezone.now()
    since, until = window(period, now=now)
    found = (
        Entry(event, occurrence, max(occurrence.day, since))
        for event in events
        for occurrence in event.schedule.occurrences(since=since, until=until)
        if occurrence.ends > now
    )
    return sorted(found, key=lambda entry: (entry.day, entry.occurrence.starts, entry.event.title, entry.event.pk))


def next_of_each(events: Iterable, *, limit: int, now: datetime | None = None) -> list[Entry]:
    """Return the next occurrence of each event, first things first, up to `limit`; cancelled ones are no invitation."""
    now = now or timezone.now()
    nearest = ((event, next(event.schedule.upcoming(now=now), None)) for event in events if not event.cancelled)
    entries = [Entry(event, occurrence, occurrence.day) for event, occurrence in nearest if occurrence]
    return sorted(entries, key=lambda entry: (entry.occurrence.starts, entry.event.title))[:limit]


def by_month(entries: Iterable[Entry]) -> list[tuple[date, list[tuple[date, list[Entry]]]]]:
    """Group sorted entries by month and within it by day; a month is its first day."""
    months = groupby(entries, key=lambda entry: entry.day.replace(day=1))
    return [
        (month, [(day, list(lines)) for day, lines in groupby(inside, key=lambda entry: entry.day)])
        for month, inside in months
    ]
