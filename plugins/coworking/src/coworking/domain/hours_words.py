"""Opening hours as people say them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from coworking.domain.hours import LOCAL, is_open, open_until, opens_at, spans
from coworking.domain.public_holidays import holiday_name, land_of


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One row of the table of a week."""

    day: date
    label: str
    hours: str
    holiday: str
    is_today: bool


def status(space, at: datetime | None = None) -> str:
    """Return how it stands: "geöffnet bis 18 Uhr", "geschlossen, öffnet morgen um 8 Uhr", "durchgehend geöffnet"."""
    at = at or timezone.now()
    if not space.opening_hours:
        return _("Öffnungszeiten nicht bekannt")
    today = at.astimezone(LOCAL).date()
    if is_open(space, at):
        until = open_until(space, at)
        return _("geöffnet bis %(until)s") % {"until": _until(until, today)} if until else _("durchgehend geöffnet")
    opens = opens_at(space, at)
    if opens is None:
        return _("zurzeit geschlossen")
    return _("geschlossen, öffnet %(day)s um %(hour)s Uhr") % {
        "day": _next_day(opens.date(), today),
        "hour": clock(opens),
    }


def _until(until: datetime, today: date) -> str:
    days = (until.date() - today).days
    if days == 0 or (days == 1 and clock(until) == "0"):
        return _("%(hour)s Uhr") % {"hour": clock(until) if days == 0 else "24"}
    return _("%(day)s, %(hour)s Uhr") % {"day": _next_day(until.date(), today), "hour": clock(until)}


def _next_day(day: date, today: date) -> str:
    days = (day - today).days
    if days < 2:
        return (_("heute"), _("morgen"))[days]
    if days < 7:
        return _("am %(weekday)s") % {"weekday": date_format(day, "l")}
    return _("am %(date)s") % {"date": date_format(day, "j. F")}


def clock(moment: datetime) -> str:
    """Return the local hour: "8", "13:30"."""
    local = moment.astimezone(LOCAL)
    return date_format(local, "G" if local.minute == 0 else "G:i")


def hours_of(space, day: date) -> str:
    """Return the hours of one day: "7:30–19 Uhr", "9–12 und 14–18 Uhr", "rund um die Uhr", "geschlossen"."""
    found = spans(space, day)
    if not found:
        return _("geschlossen")
    parts = [f"{clock(span.start)}–{_end(span.end, day)}" for span in found]
    if parts == ["0–24"]:
        words = _("rund um die Uhr")
    else:
        words = _("%(hours)s Uhr") % {"hours": _(" und ").join(filter(None, [", ".join(parts[:-1]), parts[-1]]))}
    comments = [span.comment for span in found if span.comment]
    return f"{words} ({'; '.join(dict.fromkeys(comments))})" if comments else words


def _end(end: datetime, day: date) -> str:
    return "24" if end.astimezone(LOCAL).date() > day else clock(end)


def week(space, day: date | None = None) -> list[WeekDay]:
    """Return the seven days, Monday first, of the week in which `day` lies (default: today)."""
    today = timezone.localdate(timezone=LOCAL)
    day = day or today
    monday = day - timedelta(days=day.weekday())
    land = land_of(space.municipality_id or "")
    return [
        WeekDay(
            day=current,
            label=date_format(current, "l"),
            hours=hours_of(space, current),
            holiday=holiday_name(land, current),
            is_today=current == today,
        )
        for current in (monday + timedelta(days=offset) for offset in range(7))
    ]
