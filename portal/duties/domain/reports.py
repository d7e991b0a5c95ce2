"""Take a report of a barrier, close it when it was answered, erase it when its time is over."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.duties.models import BarrierReport
from regiokit import mail
from regiokit.conf import absolute

SAME_FOR = timedelta(hours=1)
"""Who sends the same text about the same page again within this time pressed the button twice."""


def answer_weeks() -> int:
    """Return within how many weeks a report is answered, as the region's profile promises by the law of its Land."""
    return int(settings.REGION.law.get("accessibility_answer_weeks", 6))


@transaction.atomic
def submit_report(*, page: str, text: str, email: str, unit: str) -> BarrierReport:
    """Store a report, mail it to the responsible `unit` (an address), and return it.

    A report that repeats one of the last hour is not stored again; that one is returned.
    """
    now = timezone.now()
    same = BarrierReport.objects.filter(page=page, text=text, email=email, created_at__gt=now - SAME_FOR).first()
    if same:
        return same
    due_on = timezone.localdate(now) + timedelta(weeks=answer_weeks())
    report = BarrierReport.objects.create(page=page, text=text, email=email, created_at=now, due_on=due_on)
    address = absolute(page) if page else ""
    mail.queue("duties/mail/barrier_arrived", to=unit, context={"report": report, "address": address})
    if email:
        mail.queue("duties/mail/barrier_received", to=email, context={"report": report})
    return report


@transaction.atomic
def close_report(report: BarrierReport, *, note: str) -> BarrierReport:
    """Mark the report as answered; from then on its retention runs. Does nothing to one that is closed already."""
    current = BarrierReport.objects.select_for_update().get(pk=report.pk)
    if current.state != BarrierReport.State.CLOSED:
        current.state, current.closed_at = BarrierReport.State.CLOSED, timezone.now()
    current.note = note
    current.save()
    return current


@transaction.atomic
def reopen_report(report: BarrierReport, *, note: str) -> BarrierReport:
    """Mark the report as open again; its retention stops until the next answer. To an open one only `note` is written."""
    current = BarrierReport.objects.select_for_update().get(pk=report.pk)
    current.state, current.closed_at, current.note = BarrierReport.State.OPEN, None, note
    current.save()
    return current


def erase(*, before: datetime) -> int:
    """Erase reports answered before that moment (UTC), open ones twice as long ago; return how many."""
    forgotten = before - (timezone.now() - before)
    old = Q(closed_at__lt=before) | Q(closed_at=None, created_at__lt=forgotten)
    return BarrierReport.objects.filter(old).delete()[0]
