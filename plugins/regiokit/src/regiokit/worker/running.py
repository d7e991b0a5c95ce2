"""Runs the outbox and the periodic tasks, once or until it is told to stop."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from regiokit import privacy
from regiokit.mail.sending import send_due
from regiokit.plugin import active, load
from regiokit.worker.models import WorkerBeat

log = logging.getLogger(__name__)

SELF = "worker"
PAUSE_SECONDS = 1.0
BEAT_SECONDS = 30


def run(*, stopped: Callable[[float], bool]) -> None:
    """Work until `stopped(seconds)` is true; it waits up to that many seconds (`threading.Event().wait`)."""
    while True:
        close_old_connections()
        try:
            run_once()
        except Exception:
            # A database that restarts must not end the worker: the next turn tries again.
            log.exception("the worker's turn failed")
        if stopped(PAUSE_SECONDS):
            return


def run_once(*, now: datetime | None = None) -> int:
    """Send what is due and run the periodic tasks whose time has come; returns how many mails were taken."""
    now = now or timezone.now()
    sent = send_due()
    for name, every, task in _tasks():
        _run_when_due(name, every, task, now)
    beat = last_beat()
    if beat is None or (now - beat).total_seconds() >= BEAT_SECONDS:
        WorkerBeat.objects.update_or_create(name=SELF, defaults={"ran_at": now})
    return sent


def last_beat() -> datetime | None:
    """Return when the worker was last seen at work (UTC)."""
    return WorkerBeat.objects.filter(name=SELF).values_list("ran_at", flat=True).first()


def _tasks():
    yield "wagtail.publish_scheduled", timedelta(minutes=1), lambda: call_command("publish_scheduled", verbosity=0)
    yield "regiokit.privacy.erase_expired", timedelta(days=1), privacy.erase_expired
    for plugin in active():
        for task in plugin.periodic:
            yield task.run, timedelta(minutes=task.every_minutes), load(task.run)


def _run_when_due(name: str, every: timedelta, task: Callable, now: datetime) -> None:
    ran_at = WorkerBeat.objects.filter(name=name).values_list("ran_at", flat=True).first()
    if ran_at and now - ran_at < every:
        return
    error = ""
    try:
        task()
    except Exception as failure:
        # One task that fails must not hold up the mails and the other tasks.
        log.exception("periodic task %s failed", name)
        error = f"{type(failure).__name__}: {failure}"[:300]
    WorkerBeat.objects.update_or_create(name=name, defaults={"ran_at": now, "error": error})
