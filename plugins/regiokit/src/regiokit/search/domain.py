"""Asks and feeds the engine in use. Plugins call these, never an engine."""

import logging
from collections.abc import Iterable

from django.db import transaction

from regiokit.plugin import active, load
from regiokit.search import database
from regiokit.search.contract import SearchQuery, SearchResult, SearchSource
from regiokit.search.signals import entries_changed

log = logging.getLogger(__name__)


def search(source: SearchSource, query: SearchQuery) -> SearchResult:
    """Return the answer of the engine in use. Raises `WrongParameter`."""
    return database.search(source, query)


def update(source: SearchSource | str, *object_ids: int) -> None:
    """Bring these entries up to date as soon as the running transaction is committed.

    A failure is logged and never reaches the person whose change is stored already; `repair` mends it later.
    A plugin's verbs, which stand below its search source, name the source by its key ("ehrenamt.offer").
    """
    if isinstance(source, str):
        source = next(found for found in sources() if found.key == source)

    def write() -> None:
        _write(source, object_ids)

    # Django names a function that fails in its log: a partial has no name.
    transaction.on_commit(write, robust=True)


def rebuild(source: SearchSource) -> int:
    """Write all entries of `source` anew; returns how many there are."""
    return _write(source, None)


def listed(key: str, object_ids: Iterable[int]) -> list[int]:
    """Return which of these ids the search of the source with this key still finds."""
    return database.listed(key, object_ids)


def repair() -> int:
    """Write anew what differs from the live entries, for all sources; returns how many entries that were.

    The worker calls it once a day, so that a write that failed does not stay wrong.
    """
    return sum(_repair(source) for source in sources())


def differing() -> int:
    """Return how many entries of all sources differ from what is live, and repair nothing."""
    return sum(len(database.differing(source)) for source in sources())


def _repair(source: SearchSource) -> int:
    wrong = database.differing(source)
    if wrong:
        log.warning("search: %s entries of %s differed from what is live", len(wrong), source.key)
        _write(source, sorted(wrong))
    return len(wrong)


def _write(source: SearchSource, object_ids: Iterable[int] | None) -> int:
    written = database.write(source, object_ids)
    entries_changed.send(sender=source)
    return written


def sources() -> tuple[SearchSource, ...]:
    """Return the search sources of all plugins among the installed apps."""
    return tuple(load(path) for plugin in active() for path in plugin.search_sources)
