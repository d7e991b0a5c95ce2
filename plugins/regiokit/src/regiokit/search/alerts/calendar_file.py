"""The dates of a question's entries as an iCalendar file (RFC 5545). Only where icalendar is installed."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.views.decorators.http import require_safe
from icalendar import Event

from regiokit.calendars import empty_calendar
from regiokit.search.alerts.feeds import answer
from regiokit.search.alerts.lines import EntryLine
from regiokit.search.contract import SearchSource

MOST = 500
"""Entries, the newest first, whose dates a calendar holds."""


@require_safe
def calendar(request, source: SearchSource):
    """Return the entries of the question that have a date; the others are in the list and in the feed."""
    response = answer(request, source, _ical, content_type="text/calendar; charset=utf-8", limit=MOST)
    if response.status_code == 200:
        response["Content-Disposition"] = 'attachment; filename="termine.ics"'
    return response


def _ical(source: SearchSource, request, title: str, lines: Iterable[EntryLine]) -> bytes:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    file = empty_calendar(title, product=f"{host}//{source.key}")
    for line in lines:
        if day := line.starts_on or line.ends_on:
            file.add_component(_entry(source, line, day, host))
    return file.to_ical()


def _entry(source: SearchSource, line: EntryLine, day: date, host: str) -> Event:
    entry = Event()
    entry.add("uid", f"{source.key}.{line.object_id}@{host}")
    # The same file for the same entries: a stamp of now would make every answer a new one.
    entry.add("dtstamp", line.confirmed_at or line.published_at or datetime(2000, 1, 1, tzinfo=UTC))
    entry.add("dtstart", day)
    # DTEND of whole days is the day after the last (RFC 5545, 3.6.1); an open end is one day.
    entry.add("dtend", (line.ends_on or day) + timedelta(days=1))
    entry.add("summary", line.title)
    entry.add("url", line.url)
    if line.place:
        entry.add("location", line.place)
    if line.organisation:
        entry.add("description", line.organisation)
    return entry
