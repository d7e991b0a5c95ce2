"""The calendar file of an accepted trial day (RFC 5545)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from coworking.domain.hours import LOCAL, spans
from coworking.domain.lists import contact_of
from coworking.enums import TrialDayState
from coworking.models import TrialDay
from regiokit.conf import absolute


def calendar_file(trial_day: TrialDay) -> bytes:
    """Return the calendar file: the day within its opening hours, with time zone, address and operator.

    UID and SEQUENCE stay with the request, so that opening the file again after a withdrawal cancels the entry.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//coworking//trial day//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(trial_day))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(trial_day: TrialDay) -> Event:
    space = trial_day.space
    event = Event()
    event.add("uid", f"{trial_day.uid}@coworking")
    event.add("sequence", trial_day.sequence)
    event.add("dtstamp", trial_day.decided_at or timezone.now())
    start, end = _times(trial_day)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _("Probetag: %(space)s") % {"space": space.name})
    event.add("location", vText(f"{space.name}, {space.address}"))
    event.add("geo", space.point)
    event.add("url", absolute(space.get_absolute_url()))
    event.add("description", _description(trial_day))
    event.add("status", "CANCELLED" if trial_day.state == TrialDayState.WITHDRAWN else "CONFIRMED")
    if email := contact_of(space).get("email"):
        organizer = vCalAddress(f"mailto:{email}")
        organizer.params["CN"] = vText(space.organisation.name)
        event.add("organizer", organizer, encode=False)
    return event


def _times(trial_day: TrialDay):
    """From opening to closing in local time; the whole day when the space does not close, or not on that day."""
    day = trial_day.final_day
    found = spans(trial_day.space, day)
    if found and (found[-1].end - found[0].start) < timedelta(hours=20):
        return found[0].start.astimezone(LOCAL), found[-1].end.astimezone(LOCAL)
    return day, day + timedelta(days=1)


def _description(trial_day: TrialDay) -> str:
    lines = [_("Betrieben von %s.") % trial_day.space.organisation.name, _("Vorgang %s.") % trial_day.number]
    if trial_day.decision:
        lines.append(trial_day.decision)
    return "\n".join(lines)
