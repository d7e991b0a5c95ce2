"""The demo's calendar from `events.json`: every first day counts from the day of loading, so that nothing is stale."""

from datetime import date, time, timedelta

from portal.editorial.enums import EventState
from portal.editorial.models import EventPage
from portal.editorial.recurrence import Rule, days_text, occurrence_days, parse_rule

WEEK = timedelta(days=7)


def event_page(row: dict, *, today: date, **shared) -> EventPage:
    """Return the unsaved page of one row; `shared` are the fields that all pages have."""
    rule = parse_rule(row.get("rrule", ""))
    starts_on = _first_day(row, rule, today)
    ends_on = today + timedelta(days=row["end_in_days"]) if "end_in_days" in row else None
    # A deadline is told in days before the event.
    until = starts_on + timedelta(days=row["until"]) if "until" in row else None
    return EventPage(
        **shared,
        kind=row["kind"],
        starts_on=starts_on,
        ends_on=ends_on,
        start_time=_hour(row.get("start")),
        end_time=_hour(row.get("end")),
        rrule=str(rule or ""),
        exdates=days_text(starts_on + number * WEEK for number in row.get("off", [])),
        state=row.get("state", EventState.PLANNED),
        state_note=row.get("state_note", ""),
        town_id=row["town"] or None,
        place=row["place"],
        street=row["street"],
        organiser=row["organiser"],
        cost=row.get("cost", ""),
        registration_phone=row.get("phone", ""),
        registration_until=until,
        accessibility=row.get("accessibility", ""),
    )


def _first_day(row: dict, rule: Rule | None, today: date) -> date:
    if "in_days" in row:
        return today + timedelta(days=row["in_days"])
    weekday = today + timedelta(days=(row["weekday"] - today.weekday()) % 7)
    if "nth" not in row:
        return weekday
    # A rule that began on the first of this month gives the right weekdays of this month and the next.
    return next(occurrence_days(today.replace(day=1), rule, since=today, until=today + 7 * WEEK))


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
