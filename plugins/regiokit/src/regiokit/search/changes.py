"""What waits to be written to the engines: noted in the transaction that changes an entry, written by the worker."""

import logging
from collections.abc import Iterable

from regiokit.search.contract import SearchSource
from regiokit.search.engines import database
from regiokit.search.models import SearchChange
from regiokit.search.signals import entries_changed

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Entries that one turn of the worker takes of a source."""


def note(key: str, object_ids: Iterable[int]) -> None:
    """Note that the entries of the source `key` changed."""
    SearchChange.objects.bulk_create(
        [SearchChange(engine=database.name, source=key, object_id=object_id) for object_id in object_ids]
    )


def write(sources: Iterable[SearchSource]) -> int:
    """Bring the entries that were noted up to date; returns how many that were."""
    return sum(_write(source) for source in sources)


def _write(source: SearchSource) -> int:
    """Write one batch, then forget its notes: whoever changes an entry meanwhile leaves a note of a later number."""
    waiting = SearchChange.objects.filter(engine=database.name, source=source.key).order_by("pk")
    notes = list(waiting.values_list("pk", "object_id")[:AT_ONCE])
    if not notes:
        return 0
    ids = sorted({object_id for _pk, object_id in notes})
    try:
        database.write(source, ids, source.documents(ids))
    except Exception:
        # One source that cannot be read must not hold up the others; its notes stay for the next turn.
        log.exception("search: entries of %s could not be written", source.key)
        return 0
    SearchChange.objects.filter(pk__in=[pk for pk, _object_id in notes]).delete()
    entries_changed.send(sender=source)
    return len(ids)
