"""Writes the mails that are due into the outbox: what was found for a saved search since its last mail."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from regiokit.search.alerts import addresses, letters
from regiokit.search.alerts.domain import lock
from regiokit.search.alerts.lines import entry_lines
from regiokit.search.alerts.models import KEPT_DAYS, SavedSearch, SavedSearchMatch

MOST_A_TURN = 50
REMIND_DAYS = 14
"""So many days before its end a saved search asks whether to go on."""


def deliver(*, now: datetime | None = None) -> int:
    """Write up to `MOST_A_TURN` mails whose time has come; returns how many. Nothing new, no mail."""
    now = now or timezone.now()
    due = SavedSearchMatch.objects.filter(sent_at=None, due_at__lte=now).values("saved_search_id")
    waiting = due.annotate(first=Min("due_at")).order_by("first", "saved_search_id")[:MOST_A_TURN]
    return sum(_deliver(row["saved_search_id"], now) for row in list(waiting))


@transaction.atomic
def _deliver(pk: int, now: datetime) -> bool:
    """Take what is due and write its mail in one transaction: whoever comes second finds nothing left."""
    try:
        saved = lock(pk)
    except SavedSearch.DoesNotExist:
        return False
    due = saved.matches.filter(sent_at=None, due_at__lte=now)
    ids = found_in(due)
    due.update(sent_at=now)
    source = addresses.source_of(saved)
    lines = entry_lines(source, ids) if source and ids else []
    if lines:
        letters.found(saved, source, lines)
    return bool(lines)


def found_in(due: QuerySet) -> list[int]:
    """Return the ids of the entries, the newest find first."""
    return list(due.order_by("-pk").values_list("object_id", flat=True))


def remind(*, now: datetime | None = None) -> int:
    """Ask the people whose saved search ends in two weeks whether to go on, once; returns how many."""
    before = (now or timezone.now()) - timedelta(days=KEPT_DAYS - REMIND_DAYS)
    ending = SavedSearch.objects.filter(renewed_at__lte=before, reminded_at=None)
    return sum(_remind(pk) for pk in list(ending.order_by("renewed_at").values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int) -> bool:
    saved = SavedSearch.objects.filter(pk=pk).first()
    taken = SavedSearch.objects.filter(pk=pk, reminded_at=None).update(reminded_at=timezone.now())
    if saved and taken and addresses.source_of(saved):
        letters.ends_soon(saved)
    return bool(taken)
