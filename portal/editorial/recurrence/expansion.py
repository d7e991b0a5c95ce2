"""The days of a repetition. dateutil works the rule out; every question here has an end."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from portal.editorial.recurrence.rules import WEEKLY as EVERY_WEEK
from portal.editorial.recurrence.rules import Rule

MOST = 5000
"""Never more days than these are looked at: a weekly event of several days for many years."""


def occurrence_days(
    start: date, rule: Rule | None, *, without: Collection[date] = (), since: date, until: date
) -> Iterator[date]:
    """Yield the days from `since` to `until`, both included, on which something that began on `start` takes place.

    `without` are days on which it does not. `start` itself counts (RFC 5545, 3.8.5.3).
    """
    for day in islice(_all_days(start, rule), MOST):
        if day > until:
            return
        if day >= since and day not in without:
            yield day


def last_day(start: date, rule: Rule | None, *, without: Collection[date] = ()) -> date | None:
    """Return the last day; None when it never ends. Without a single day left it is `start`."""
    if rule and rule.endless:
        return None
    days = [day for day in islice(_all_days(start, rule), MOST) if day not in without]
    return days[-1] if days else start


def _all_days(start: date, rule: Rule | None) -> Iterator[date]:
    if rule is None:
        return iter((start,))
    midnight = time.min
    days = rrule(
        WEEKLY if rule.freq == EVERY_WEEK else MONTHLY,
        dtstart=datetime.combine(start, midnight),
        interval=rule.interval,
        count=rule.count,
        until=datetime.combine(rule.until, midnight) + timedelta(hours=1) if rule.until else None,
        byweekday=[weekday(day, rule.nth or None) for day in rule.weekdays] or None,
        bymonthday=rule.month_day or None,
    )
    return (moment.date() for moment in days)
