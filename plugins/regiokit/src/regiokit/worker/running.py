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
    ran = dict(WorkerBeat.objects.values_list("name", "ran_at"))
    for name, every, task in _tasks():
        if name not in ran or now - ran[name] >= every:
            _beat(name, now, error=_run_task(name, task))
    if SELF not in ran or (now - ran[SELF]).total_seconds() >= BEAT_SECONDS:
        _beat(SELF, now)
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


def _run_task(name: str, task: Callable) -> str:
    try:
        task()
    except Exception as failure:
        # One task that fails must not hold up the mails and the other tasks.
        log.exception("periodic task %s failed", name)
        return f"{type(failure).__name__}: {failure}"[:300]
    return ""


def _beat(name: str, now: datetime, *, error: str = "") -> None:
    WorkerBeat.objects.update_or_create(name=name, defaults={"ran_at": now, "error": error})
