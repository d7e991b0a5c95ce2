"""The life of a trial day. Every change of state is one conditional UPDATE: of two at once only one wins."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from coworking import conf
from coworking.domain import trial_day_mails as mails
from coworking.domain.hours import LOCAL, open_days
from coworking.enums import TrialDayState
from coworking.models import Space, TrialDay

log = logging.getLogger(__name__)

_LATE = timedelta(minutes=30)


class NotOffered(Exception):
    """The space takes no requests for trial days at present."""


class DayNotPossible(ValueError):
    """The day is past, too far ahead, or the space is closed on it."""


class NotWaiting(Exception):
    """The request is not in the state that the change needs: somebody was quicker, or the time is over."""


def takes_trial_days(space: Space) -> bool:
    """Say whether a trial day can be asked for: published, not paused, and offered by the operator."""
    return bool(space.live and space.trial_day and not space.paused)


def possible_days(space: Space, *, today: date | None = None) -> list[date]:
    """Return every day that may be wished for: from tomorrow on, within `conf.DAYS_AHEAD` days, and open."""
    today = today or timezone.localdate(timezone=LOCAL)
    return list(open_days(space, first=today + timedelta(days=1), days=conf.DAYS_AHEAD))


@transaction.atomic
def ask_trial_day(
    space: Space,
    *,
    key,
    day: date,
    name: str,
    email: str,
    alternative_day: date | None = None,
    phone: str = "",
    message: str = "",
) -> TrialDay:
    """Write the request down and mail the person a link that confirms the address.

    The same `key` returns the first request and mails nothing. Raises `NotOffered` and `DayNotPossible`.
    """
    if not takes_trial_days(space):
        raise NotOffered(space)
    possible = possible_days(space)
    if any(wished not in possible for wished in (day, alternative_day) if wished):
        raise DayNotPossible(day)
    trial_day, created = TrialDay.objects.get_or_create(
        key=key,
        defaults={
            "space": space,
            "day": day,
            "alternative_day": alternative_day if alternative_day != day else None,
            "name": name,
            "email": email,
            "phone": phone,
            "message": message,
        },
    )
    if created:
        mails.ask_to_confirm(trial_day)
    return trial_day


def _answer_until(trial_day: TrialDay, now: datetime) -> datetime:
    """72 hours from now, but no later than the morning of the last wished day: an answer after that helps nobody."""
    last = max(day for day in (trial_day.day, trial_day.alternative_day) if day)
    morning = datetime.combine(last, conf.ANSWER_BEFORE, tzinfo=LOCAL)
    return max(now, min(now + conf.ANSWER_WITHIN, morning))


@transaction.atomic
def confirm_trial_day(trial_day: TrialDay) -> TrialDay:
    """The person has shown that the address is theirs: pass the request on; from now on the operator has 72 hours.

    Does nothing when that has already happened. Raises `NotWaiting` when the request was withdrawn before.
    """
    now = timezone.now()
    try:
        _move(
            trial_day,
            to=TrialDayState.REQUESTED,
            only=Q(state=TrialDayState.UNCONFIRMED),
            requested_at=now,
            respond_by=_answer_until(trial_day, now),
        )
    except NotWaiting:
        if trial_day.requested_at is None:
            raise
        return trial_day
    mails.tell_received(trial_day)
    mails.tell_operator(trial_day)
    return trial_day


@transaction.atomic
def accept_trial_day(trial_day: TrialDay, *, day: date | None = None, text: str = "") -> TrialDay:
    """The operator says yes, for the wished `day` or the alternative one, with a few words.

    Raises `NotWaiting` when it is decided already or the time is over, `DayNotPossible` for another or a past day.
    """
    day = day or trial_day.day
    if day not in trial_day.wished_days or day < timezone.localdate(timezone=LOCAL):
        raise DayNotPossible(day)
    _decide(trial_day, to=TrialDayState.ACCEPTED, decision=text, accepted_day=day)
    mails.tell_accepted(trial_day)
    return trial_day


@transaction.atomic
def decline_trial_day(trial_day: TrialDay, *, text: str) -> TrialDay:
    """The operator says no and why. Raises `NotWaiting`."""
    _decide(trial_day, to=TrialDayState.DECLINED, decision=text)
    mails.tell_declined(trial_day)
    return trial_day


def lapse_trial_days(*, now: datetime | None = None) -> int:
    """Let every request lapse that nobody answered in time, or whose last wished day is over; return how many.

    Each in a transaction of its own: one that fails does not hold up the others.
    """
    now = now or timezone.now()
    due = TrialDay.objects.filter(_overdue(now), state=TrialDayState.REQUESTED).select_related("space__organisation")
    return sum(_try_lapse(trial_day, now) for trial_day in due.order_by("respond_by"))


def _try_lapse(trial_day: TrialDay, now: datetime) -> int:
    try:
        return _lapse(trial_day, now)
    except Exception:
        # Whatever is wrong with this one (an address no mail can have), the others must not wait; `health` tells.
        log.exception("trial day %s could not lapse", trial_day.number)
        return 0


def _overdue(now: datetime) -> Q:
    today = now.astimezone(LOCAL).date()
    return Q(respond_by__lte=now) | Q(day__lt=today) & (Q(alternative_day=None) | Q(alternative_day__lt=today))


@transaction.atomic
def _lapse(trial_day: TrialDay, now: datetime) -> int:
    try:
        _move(trial_day, to=TrialDayState.LAPSED, only=_overdue(now) & Q(state=TrialDayState.REQUESTED), decided_at=now)
    except NotWaiting:
        return 0
    mails.tell_lapsed(trial_day)
    return 1


def can_withdraw(trial_day: TrialDay, *, today: date | None = None) -> bool:
    """Say whether the person can still take the request back: it is open or accepted, and its last day is not over."""
    today = today or timezone.localdate(timezone=LOCAL)
    days = [trial_day.accepted_day] if trial_day.accepted_day else trial_day.wished_days
    open_states = (TrialDayState.UNCONFIRMED, TrialDayState.REQUESTED, TrialDayState.ACCEPTED)
    return trial_day.state in open_states and max(days) >= today


@transaction.atomic
def withdraw_trial_day(trial_day: TrialDay) -> TrialDay:
    """The person does not come after all; the operator learns of it if they knew.

    Raises `NotWaiting` also when the day is over.
    """
    locked = TrialDay.objects.select_for_update().get(pk=trial_day.pk)
    if not can_withdraw(locked):
        trial_day.refresh_from_db()
        raise NotWaiting(trial_day)
    _move(trial_day, to=TrialDayState.WITHDRAWN, only=Q(state=locked.state), sequence=F("sequence") + 1)
    if locked.state != TrialDayState.UNCONFIRMED:
        mails.tell_withdrawn(trial_day)
    return trial_day


def _decide(trial_day: TrialDay, *, to: TrialDayState, **fields) -> None:
    now = timezone.now()
    only = Q(state=TrialDayState.REQUESTED, respond_by__gt=now)
    _move(trial_day, to=to, only=only, decided_at=now, **fields)


def _move(trial_day: TrialDay, *, to: TrialDayState, only: Q, **fields) -> None:
    """Change the row if it still is as `only` says; the database locks it and looks again after others changed it."""
    changed = TrialDay.objects.filter(only, pk=trial_day.pk).update(state=to, **fields)
    trial_day.refresh_from_db()
    if not changed:
        raise NotWaiting(trial_day)


def waiting(organisations) -> list[TrialDay]:
    """Return the requests that these organisations have to answer, the most urgent first."""
    found = TrialDay.objects.filter(
        space__organisation__in=organisations, state=TrialDayState.REQUESTED, respond_by__gt=timezone.now()
    )
    return list(found.select_related("space__organisation", "space__municipality").order_by("respond_by"))


def coming(organisations) -> list[TrialDay]:
    """Return the accepted trial days of these organisations from today on."""
    today = timezone.localdate(timezone=LOCAL)
    found = TrialDay.objects.filter(
        space__organisation__in=organisations, state=TrialDayState.ACCEPTED, accepted_day__gte=today
    )
    return list(found.select_related("space__organisation", "space__municipality").order_by("accepted_day"))


def health() -> str | None:
    """Return what is wrong: requests whose time was over half an hour ago and that nobody let lapse."""
    late = TrialDay.objects.filter(state=TrialDayState.REQUESTED, respond_by__lte=timezone.now() - _LATE).count()
    return f"{late} trial days are overdue: the periodic task does not run" if late else None
