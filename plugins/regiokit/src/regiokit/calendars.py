"""Calendars as iCalendar files (RFC 5545). Only where icalendar is installed."""

from icalendar import Calendar, vText


def empty_calendar(name: str, *, product: str) -> Calendar:
    """Return a calendar to publish, called `name`, without entries; `product` says what wrote it (PRODID)."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{product}//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # icalendar does not know that this one is a text, and would let a line break through.
    calendar.add("x-wr-calname", vText(" ".join(name.split())))
    return calendar
