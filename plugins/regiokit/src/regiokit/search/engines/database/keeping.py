"""Keeps the counts of lists without words until the index is written again: most people look at the same few lists."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from regiokit.search.engines.database.asked import Asked
from regiokit.search.engines.database.tally import Tally

MOST = 64
"""Lists that a process keeps: some kilobytes each, up to a few hundred where a facet is chosen among 10,000 entries."""
_kept: OrderedDict[tuple, tuple[Tally, Tally]] = OrderedDict()
_one_at_a_time = Lock()


def counted(asked: Asked, count: Callable[[Asked], tuple[Tally, Tally]]) -> tuple[Tally, Tally]:
    """Return what `count` says of a question: kept, when it has no words and nothing was written since.

    The key holds the mark of the last write, the day and whatever else the statement depends on, so that a kept count is
    never older than the mark that was read for this very question.
    """
    if asked.question.terms or asked.question.excluded:
        return count(asked)
    key = _key(asked)
    with _one_at_a_time:
        found = _kept.get(key)
        if found:
            _kept.move_to_end(key)
            return found
    found = count(asked)
    with _one_at_a_time:
        _kept[key] = found
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found


def _key(asked: Asked) -> tuple:
    sql, params = asked.counted()
    names = tuple(facet.name for facet in asked.source.facets)
    chosen = frozenset(asked.query.facets.items())
    return asked.connection.alias, asked.mark, sql, tuple(params), names, chosen
