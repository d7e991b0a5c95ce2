"""When something takes place: the hours on the clock of the region, and the days of the repetition."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.editorial.recurrence.expansion import last_day, occurrence_days
from portal.editorial.recurrence.rules import Rule
from portal.editorial.recurrence.words import rule_words
from regiokit.templatetags.regiokit_words import clock, day, when

WITHOUT_END = timedelta(hours=2)
"""How long something without an end stays in the calendar after it began."""
AHEAD = timedelta(days=366)
"""How far endless repetitions are worked out."""


@dataclass(frozen=True)
class Occurrence:
    """One time that it takes place. `starts` and `ends` are moments; `ends` may be guessed (`WITHOUT_END`)."""

    day: date
    last_day: date
    starts: datetime
    ends: datetime
    all_day: bool
    open_end: bool

    @property
    def words(self) -> str:
        """Return day and time: "Sa., 12. Dezember, 14–17 Uhr"; of several days the first and the last."""
        if not self.all_day:
            return when(self.starts, None if self.open_end else self.ends)
        if self.day == self.last_day:
            return _("%(day)s, ganztägig") % {"day": day(self.day)}
        return f"{day(self.day)} – {day(self.last_day)}"

    @property
    def hours(self) -> str:
        """Return the time without the day: "14–17 Uhr", "ganztägig", "bis So., 13. Dezember, 17 Uhr"."""
        if self.day != self.last_day:
            return _("bis %(end)s") % {"end": day(self.last_day) if self.all_day or self.open_end else when(self.ends)}
        return _("ganztägig") if self.all_day else _hours(self.starts, None if self.open_end else self.ends)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """First day and hours, the rule of its repetition and the days `without`. All of it as the clock in the region says.

    Without `start_time` it lasts whole days, up to and including `end_on`.
    """

    start_on: date
    start_time: time | None = None
    end_on: date | None = None
    end_time: time | None = None
    rule: Rule | None = None
    without: tuple[date, ...] = ()

    @property
    def span(self) -> timedelta:
        """How many days lie between the first and the last day of one occurrence."""
        return max((self.end_on or self.start_on) - self.start_on, timedelta(0))

    @property
    def over_at(self) -> datetime | None:
        """Return the moment when the last occurrence ends; None when it goes on for ever."""
        last = last_day(self.start_on, self.rule, without=self.without)
        return last and self.on(last).ends

    def on(self, first: date) -> Occurrence:
        """Return the occurrence that begins on this day."""
        last, all_day = first + self.span, self.start_time is None
        starts = _moment(first, self.start_time or time.min)
        open_end = not all_day and self.end_time is None
        if all_day:
            ends = _moment(last + timedelta(days=1), time.min)
        elif open_end:
            # Of several days without an hour: until the last one is over.
            ends = _moment(last + timedelta(days=1), time.min) if self.span else starts + WITHOUT_END
        else:
            ends = _moment(last, self.end_time)
        return Occurrence(first, last, starts, ends, all_day, open_end)

    def occurrences(self, *, since: date, until: date) -> Iterator[Occurrence]:
        """Yield what takes place on at least one of the days from `since` to `until`, both included."""
        days = occurrence_days(self.start_on, self.rule, without=self.without, since=since - self.span, until=until)
        return (self.on(day) for day in days)

    def upcoming(self, *, now: datetime | None = None) -> Iterator[Occurrence]:
        """Yield what is not over at `now`, up to a year ahead (something without repetition however far)."""
        now = now or timezone.now()
        today = timezone.localdate(now)
        until = today + AHEAD if self.rule else max(self.start_on, today)
        return (found for found in self.occurrences(since=today, until=until) if found.ends > now)

    @property
    def words(self) -> str:
        """Return how people say it: "jeden 2. Dienstag im Monat, 19–21 Uhr"; without repetition day and time."""
        first = self.on(self.start_on)
        return f"{rule_words(self.rule)}, {first.hours}" if self.rule else first.words


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _hours(starts: datetime, ends: datetime | None) -> str:
    if ends is None:
        return _("%(start)s Uhr") % {"start": clock(starts)}
    return _("%(start)s–%(end)s Uhr") % {"start": clock(starts), "end": clock(ends)}
