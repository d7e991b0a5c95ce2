"""Events as an iCalendar file (RFC 5545). icalendar writes it, with folded lines, escapes and the time zone."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from icalendar import Event, vDDDLists, vRecur

from portal.editorial.recurrence.schedule import Schedule
from regiokit.calendars import empty_calendar

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_file(events: Iterable, *, name: str) -> bytes:
    """Return the calendar called `name` with these events; a repetition stays one entry with its rule."""
    calendar = empty_calendar(name, product=f"{settings.REGION.slug}//Portal")
    for event in events:
        calendar.add_component(_entry(event))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def calendar_answer(events: Iterable, *, name: str, filename: str) -> HttpResponse:
    """Return the calendar as a file to download or subscribe to."""
    response = HttpResponse(calendar_file(events, name=name), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{filename}.ics")
    return response


def _entry(event) -> Event:
    entry, changed = Event(), event.last_published_at or timezone.now()
    # The number of the page stays when its title, address or host change: calendars know the entry again.
    entry.add("uid", f"termin-{event.pk}@{settings.REGION.slug}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    _add_times(entry, event.schedule)
    entry.add("summary", event.title)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("categories", [event.get_kind_display()])
    entry.add("url", urljoin(settings.BASE_URL, event.get_url()))
    if event.address:
        entry.add("location", event.address)
    if event.organiser:
        entry.add("contact", event.organiser)
    entry.add("description", _description(event))
    return entry


def _add_times(entry: Event, schedule: Schedule) -> None:
    first = schedule.on(schedule.start_on)
    if first.all_day:
        entry.add("dtstart", first.day)
        # DTEND of whole days is the day after the last (RFC 5545, 3.6.1).
        entry.add("dtend", timezone.localdate(first.ends))
    else:
        entry.add("dtstart", _local(first.starts))
        if not first.open_end:
            entry.add("dtend", _local(first.ends))
    if schedule.rule:
        entry.add("rrule", _rule(schedule))
    days = [schedule.on(day) for day in schedule.without]
    if days:
        values = [found.day if found.all_day else _local(found.starts) for found in days]
        entry.add("exdate", vDDDLists(values), parameters={"value": "DATE"} if first.all_day else None)


def _rule(schedule: Schedule) -> vRecur:
    rule = vRecur.from_ical(str(schedule.rule))
    if schedule.rule.until and schedule.start_time:
        # Where DTSTART has a time zone, UNTIL is a moment in UTC (RFC 5545, 3.3.10).
        end = timezone.make_aware(datetime.combine(schedule.rule.until, time(23, 59, 59)))
        rule["UNTIL"] = [end.astimezone(UTC)]
    return rule


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def _description(event) -> str:
    lines = [event.get_state_display().capitalize() + ".", event.state_note] if event.changed else []
    lines.append(event.lead)
    if event.cost:
        lines.append(_("Kosten: %s") % event.cost)
    return "\n".join(line for line in lines if line)
