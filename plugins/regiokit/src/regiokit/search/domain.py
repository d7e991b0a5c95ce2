"""Asks and feeds the engine in use. Plugins call these, never an engine."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from regiokit.plugin import active, load
from regiokit.search import database
from regiokit.search.contract import SearchQuery, SearchResult, SearchSource


def search(source: SearchSource, query: SearchQuery) -> SearchResult:
    """Return the answer of the engine in use. Raises `WrongParameter`."""
    return database.search(source, query)


def update(source: SearchSource | str, *object_ids: int) -> None:
    """Bring these entries up to date as soon as the running transaction is committed.

    A plugin's verbs, which stand below its search source, name the source by its key ("ehrenamt.offer").
    """
    if isinstance(source, str):
        source = next(found for found in sources() if found.key == source)
    transaction.on_commit(partial(database.write, source, object_ids))


def rebuild(source: SearchSource) -> int:
    """Write all entries of `source` anew; returns how many there are."""
    return database.write(source, None)


def listed(key: str, object_ids: Iterable[int]) -> list[int]:
    """Return which of these ids the search of the source with this key still finds."""
    return database.listed(key, object_ids)


def sources() -> tuple[SearchSource, ...]:
    """Return the search sources of all plugins among the installed apps."""
    return tuple(load(path) for plugin in active() for path in plugin.search_sources)
