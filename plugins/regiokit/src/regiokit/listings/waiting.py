"""Entries that wait for staff, as the board shows them: to approve, or not confirmed for a long time."""

from datetime import timedelta

from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from regiokit.listings.models import Listing
from regiokit.waiting import Asked, Decision, Found, Line, find, reviews_of

UNCONFIRMED_AFTER = timedelta(days=365)
TEXT = 160


def to_approve(model: type[Listing], *, asked: Asked, texts: tuple[str, ...]) -> Found:
    """Return the entries whose review this person may decide; title and text are those of the version under review.

    `texts` are fields of `model` that say what it is about; the first that is filled is shown. The decision names the task
    of exactly that version: when a newer one came meanwhile, `ListingApproval` refuses and asks again.
    """
    tasks = reviews_of(asked.user).filter(
        workflow_state__base_content_type__app_label=model._meta.app_label,
        workflow_state__base_content_type__model=model._meta.model_name,
        workflow_state__object_id=Cast(OuterRef("pk"), CharField()),
    )
    rows = model.objects.filter(state__submitted_at__isnull=False).select_related("organisation", "municipality")
    rows = rows.defer("municipality__outline").annotate(
        task=Subquery(tasks.values("pk")[:1]),
        task_since=Subquery(tasks.values("started_at")[:1]),
        task_title=Subquery(tasks.values("revision__object_str")[:1]),
        task_content=Subquery(tasks.values("revision__content")[:1]),
    )
    names = model.snippet_viewset.get_url_name

    def line(entry) -> Line:
        text = next((entry.task_content.get(name) for name in texts if entry.task_content.get(name)), "")
        decide = [
            reverse(names("workflow_action"), args=[entry.pk, verb, entry.task]) for verb in ("approve", "reject")
        ]
        return Line(
            title=entry.task_title or str(entry),
            url=reverse(names("edit"), args=[entry.pk]),
            detail=_where(entry),
            text=Truncator(" ".join(text.split())).chars(TEXT),
            since=entry.task_since,
            decision=Decision(approve_url=decide[0], return_url=decide[1]),
        )

    return find(rows.filter(task__isnull=False), asked=asked, by="task_since", town="municipality", line=line)


def unconfirmed(model: type[Listing], *, asked: Asked) -> Found:
    """Return public entries that nobody has confirmed for a year."""
    rows = model.objects.filter(live=True, state__paused_at=None).select_related("organisation", "municipality")
    rows = rows.defer("municipality__outline").annotate(
        confirmed=Coalesce(F("state__confirmed_at"), F("first_published_at"), F("created_at"))
    )

    def line(entry) -> Line:
        url = reverse(model.snippet_viewset.get_url_name("edit"), args=[entry.pk])
        return Line(title=str(entry), url=url, detail=_where(entry), since=entry.confirmed)

    old = rows.filter(confirmed__lt=timezone.now() - UNCONFIRMED_AFTER)
    return find(old, asked=asked, by="confirmed", town="municipality", line=line)


def _where(entry) -> str:
    return ", ".join(filter(None, [entry.organisation.name, entry.municipality.name if entry.municipality else ""]))
