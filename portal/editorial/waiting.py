"""What waits for staff among the pages: those under review, and guides that nobody has checked for a year."""

from datetime import timedelta

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, TaskState

from portal.editorial.models import GuidePage
from regiokit.waiting import Asked, Found, Line, find, reviews_of

UNCHECKED_AFTER = timedelta(days=365)


def pages_to_review(asked: Asked) -> Found:
    """Return pages in a workflow whose step this person may decide; it is decided where the page is seen."""
    tasks = reviews_of(asked.user).filter(
        workflow_state__base_content_type__app_label=Page._meta.app_label,
        workflow_state__base_content_type__model=Page._meta.model_name,
    )
    rows = TaskState.objects.filter(pk__in=tasks.values("pk")).select_related("revision__user")
    return find(rows, asked=asked, by="started_at", line=_review)


def unchecked_guides(asked: Asked) -> Found:
    """Return public guides that this person may change and that nobody has checked for a year."""
    last = timezone.localdate() - UNCHECKED_AFTER
    rows = GuidePage.objects.defer_streamfields().filter(live=True, checked_on__lt=last)
    if not asked.user.is_superuser:
        # Wagtail's own policy loads every right on pages first; here the same question is part of the one query.
        inner = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        rights = GroupPagePermission.objects.filter(group__user=asked.user.pk, permission__codename="change_page")
        rows = rows.filter(Exists(rights.annotate(inner=inner).filter(inner__startswith=F("page__path"))))
    return find(rows, asked=asked, by="checked_on", line=_guide)


def _review(task: TaskState) -> Line:
    return Line(
        title=task.revision.object_str,
        url=reverse("wagtailadmin_pages:edit", args=[task.revision.object_id]),
        detail=str(task.revision.user or ""),
        since=task.started_at,
    )


def _guide(guide: GuidePage) -> Line:
    url = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    return Line(title=guide.title, url=url, detail=guide.get_audience_display(), since=guide.checked_on)
