"""Runs the outbox and the periodic tasks, once or until it is told to stop."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.apps import apps
from django.core.management import call_command
from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from regiokit import privacy
from regiokit.mail.sending import send_due
from regiokit.organisations.domain.ownership import note_lost_owners
from regiokit.plugin import active, load
from regiokit.search import domain as search
from regiokit.search.alerts import delivering, matching
from regiokit.worker.models import WorkerBeat

log = logging.getLogger(__name__)

SELF = "worker"
PAUSE_SECONDS = 1.0
BEAT_SECONDS = 30
RETRY = timedelta(minutes=5)
"""A task that failed is tried again after this time, or after its period when that is shorter."""

AT_WORK = "…"
"""Stands in a task's `error` while some worker runs it."""

LONGEST_TASK = timedelta(minutes=30)
"""A task that began longer ago and never ended lost its worker: another one begins it again."""


def run(*, stopped: Callable[[float], bool]) -> None:
    """Work until `stopped(seconds)` is true; it waits up to that many seconds (`threading.Event().wait`)."""
    while True:
        close_old_connections()
        try:
            run_once(over=lambda: stopped(0))
        except Exception:
            # A database that restarts must not end the worker: the next turn tries again.
            log.exception("the worker's turn failed")
        if stopped(PAUSE_SECONDS):
            return


def run_once(*, now: datetime | None = None, over: Callable[[], bool] = lambda: False) -> int:
    """Send what is due and run the periodic tasks whose time has come; returns how many mails were taken.

    No further task is begun once `over()` is true.
    """
    now = now or timezone.now()
    _show_life(now)
    sent = _carefully(lambda: send_due(between=_show_life), trouble="the outbox could not be worked through")
    _carefully(search.write_changes, trouble="the search could not be brought up to date")
    _carefully(_tell_of_new_entries, trouble="new entries could not be matched or told of")
    for name, every, task in _tasks():
        if over():
            break
        if _claim(name, every, now=now):
            _beat(name, now, error=_run_task(name, task))
            _show_life()
    return sent


def last_beat() -> datetime | None:
    """Return when the worker was last seen at work (UTC)."""
    return WorkerBeat.objects.filter(name=SELF).values_list("ran_at", flat=True).first()


def failed_tasks() -> list[str]:
    """Return the names of the periodic tasks whose last run failed."""
    stuck = Q(error=AT_WORK, ran_at__gt=timezone.now() - LONGEST_TASK)
    failed = set(WorkerBeat.objects.exclude(error="").exclude(stuck).values_list("name", flat=True))
    return [name for name, _every, _task in _tasks() if name in failed]


def _tasks():
    yield "wagtail.publish_scheduled", timedelta(minutes=1), lambda: call_command("publish_scheduled", verbosity=0)
    yield "regiokit.privacy.erase_expired", timedelta(days=1), privacy.erase_expired
    if apps.is_installed("django.contrib.sessions"):
        yield "django.clearsessions", timedelta(days=1), lambda: call_command("clearsessions", verbosity=0)
    yield "regiokit.organisations.note_lost_owners", timedelta(hours=1), note_lost_owners
    yield "regiokit.search.alerts.delivering.remind", timedelta(hours=1), delivering.remind
    yield "regiokit.search.domain.repair", timedelta(days=1), search.repair
    for plugin in active():
        for task in plugin.periodic:
            yield task.run, timedelta(minutes=task.every_minutes), load(task.run)


def _claim(name: str, every: timedelta, *, now: datetime) -> bool:
    """Take a task whose time has come; of several workers that ask at once, one gets it.

    Whoever changes the row that everybody read has it: that is one statement on every database, and no lock is held
    while the task runs.
    """
    beat = WorkerBeat.objects.filter(name=name).first()
    if beat is None:
        return WorkerBeat.objects.get_or_create(name=name, defaults={"ran_at": now, "error": AT_WORK})[1]
    if now - beat.ran_at < _rest(beat, every):
        return False
    seen = WorkerBeat.objects.filter(name=name, ran_at=beat.ran_at, error=beat.error)
    return bool(seen.update(ran_at=now, error=AT_WORK))


def _rest(beat: WorkerBeat, every: timedelta) -> timedelta:
    if beat.error == AT_WORK:
        return LONGEST_TASK
    return min(every, RETRY) if beat.error else every


def _carefully(work: Callable[[], int], *, trouble: str) -> int:
    """Return what `work` did; 0 and a line in the log, `trouble`, when it failed."""
    try:
        return work()
    except Exception:
        # Whatever befalls one matter, the others have their time too.
        log.exception(trouble)
        return 0


def _tell_of_new_entries() -> int:
    return matching.match_new() + delivering.deliver()


def _run_task(name: str, task: Callable) -> str:
    try:
        task()
    except Exception as failure:
        # One task that fails must not hold up the mails and the other tasks.
        log.exception("periodic task %s failed", name)
        return f"{type(failure).__name__}: {failure}"[:300]
    return ""


def _show_life(now: datetime | None = None) -> None:
    now, seen = now or timezone.now(), last_beat()
    if seen is None or (now - seen).total_seconds() >= BEAT_SECONDS:
        _beat(SELF, now)


def _beat(name: str, now: datetime, *, error: str = "") -> None:
    WorkerBeat.objects.update_or_create(name=name, defaults={"ran_at": now, "error": error})
