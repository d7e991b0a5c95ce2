"""When a mail goes out: at once, every morning, or every Monday morning."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from regiokit.search.alerts.models import Rhythm

HOUR = time(7)
MONDAY = 0


def moments(now: datetime | None = None) -> dict[str, datetime]:
    """Return for each rhythm when something that is found now is due: a local hour, also when the clocks change."""
    now = timezone.localtime(now)
    morning = _next_morning(now)
    until_monday = (MONDAY - morning.weekday()) % 7
    return {
        Rhythm.AT_ONCE: now,
        Rhythm.DAILY: morning,
        Rhythm.WEEKLY: _at(morning.date() + timedelta(days=until_monday), now),
    }


def _next_morning(now: datetime) -> datetime:
    today = _at(now.date(), now)
    return today if now < today else _at(now.date() + timedelta(days=1), now)


def _at(day, now: datetime) -> datetime:
    return datetime.combine(day, HOUR, tzinfo=now.tzinfo)
