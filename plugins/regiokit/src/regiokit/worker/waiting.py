"""Periodic tasks that failed at their last run, and a worker that rests, as the board shows them."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from regiokit.waiting import Asked, Found, Line
from regiokit.worker.models import WorkerBeat
from regiokit.worker.running import AT_WORK, LONGEST_TASK, SELF

SILENT = timedelta(minutes=15)
"""A worker that shows no sign of life for longer is not running."""


def failed_tasks(asked: Asked) -> Found:
    """Return the tasks and what went wrong; a worker that was seen once and rests now comes first."""
    resting = Q(name=SELF, ran_at__lt=timezone.now() - SILENT)
    failed = ~Q(error="") & ~Q(name=SELF) & ~Q(error=AT_WORK, ran_at__gt=timezone.now() - LONGEST_TASK)
    beats = WorkerBeat.objects.filter(resting | failed).order_by("ran_at", "name")
    lines = [
        Line(
            title=_("Der Worker läuft nicht") if beat.name == SELF else beat.name,
            detail=_("E-Mails und wiederkehrende Aufgaben bleiben liegen.") if beat.name == SELF else beat.error,
            since=beat.ran_at,
        )
        for beat in beats
    ]
    return Found(lines=tuple(lines[: asked.limit]), total=len(lines))
