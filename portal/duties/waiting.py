"""What waits for staff among the duties: reports of barriers, and a statement that is a year old."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.duties import statement
from portal.duties.models import BarrierReport
from regiokit.waiting import Asked, Found, Line, find

DUE_WITHIN = timedelta(days=14)
EVERY = timedelta(days=365)


def reports(asked: Asked) -> Found:
    """Return open reports whose answer is due within two weeks, the next one first."""
    last = timezone.localdate() + DUE_WITHIN
    rows = BarrierReport.objects.filter(state=BarrierReport.State.OPEN, due_on__lte=last)
    return find(rows, asked=asked, by="due_on", line=_report)


def statements(asked: Asked) -> Found:
    """Return the accessibility statement when its last assessment is a year old (Decision (EU) 2018/1523)."""
    if timezone.localdate() - EVERY < statement.ASSESSED_ON:
        return Found()
    title = _("Erklärung zur Barrierefreiheit: Selbstbewertung wiederholen")
    return Found(lines=(Line(title=title, url=reverse("accessibility"), since=statement.ASSESSED_ON),), total=1)


def _report(report: BarrierReport) -> Line:
    return Line(
        title=report.reference,
        url=reverse("barriers:edit", args=[report.pk]),
        detail=report.page,
        text=Truncator(report.text).chars(160),
        until=report.due_on,
    )
