"""Answers a question: everything is counted, a page of it is read, and the places for the map."""

from heapq import nlargest
from itertools import compress, islice

from regiokit.search.contract import SearchQuery, SearchSource
from regiokit.search.engines import Answer, Found
from regiokit.search.engines.database import keeping
from regiokit.search.engines.database.asked import Asked
from regiokit.search.engines.database.places import kilometres_of
from regiokit.search.engines.database.tally import Tally
from regiokit.search.question import Question

FEW = 20
"""When fewer than every twentieth match is inside the chosen facets, an index finds them; else the list is read in order."""


def answer(source: SearchSource, query: SearchQuery, question: Question, *, deadline: float | None = None) -> Answer:
    """Return the page of `query` and all counts. The database has a deadline of its own."""
    asked = Asked(source, query, question)
    if question.terms and asked.in_process:
        return _in_one_pass(asked)
    tally, left_out = keeping.counted(asked, _count)
    return Answer(
        found=_page(asked, tally),
        points=asked.points(tally.selection()) if query.want_map else (),
        **_numbers(tally, left_out),
    )


def _in_one_pass(asked: Asked) -> Answer:
    """Read all matches once: looking for the words takes longer than picking the best of what was found."""
    tally, left_out = asked.tallies
    rows, outside = asked.ranked(), []
    if asked.query.placed:
        outside = [row for row in rows if not row[6]]
        rows = [row for row in rows if row[6]]
    left_out.read(*_columns(outside, 3, 4))
    rows = list(compress(rows, tally.read(*_columns(rows, 3, 4))))
    start, end = _part(asked.query)
    best = nlargest(end, rows)[start:]
    away = (kilometres_of(row[5]) if asked.query.placed else None for row in best)
    return Answer(
        found=tuple(Found(row[2], km, asked.points_in(row)) for row, km in zip(best, away, strict=True)),
        points=asked.points_of([row[2] for row in rows]) if asked.query.want_map else (),
        **_numbers(tally, left_out),
    )


def _count(asked: Asked) -> tuple[Tally, Tally]:
    tally, left_out = asked.tallies
    rows = asked.rows(*asked.counted())
    for one, wanted in ((tally, True), (left_out, False)):
        numbers, flags, entries = _columns([row for row in rows if bool(row[0]) is wanted], 1, 2, 3)
        one.read(numbers, flags, None if asked.in_process else entries)
    return tally, left_out


def _columns(rows: list[tuple], *places: int) -> tuple[list, ...]:
    return tuple([row[place] for row in rows] for place in places)


def _numbers(tally: Tally, left_out: Tally) -> dict:
    return {
        "total": tally.total,
        "matching": tally.matching,
        "counts": tally.counts(),
        "unplaced": left_out.total,
    }


def _page(asked: Asked, tally: Tally) -> tuple[Found, ...]:
    start, end = _part(asked.query)
    if start >= tally.total:
        return ()
    if asked.in_process and tally.selects() and tally.total * FEW > tally.matching:
        with asked.walk() as every:
            rows = list(islice((row for row in every if tally.has(row[3], row[4])), start, end))
    else:
        rows = asked.page(tally.selection(), start, total=tally.total)
    return tuple(Found(object_id, kilometres_of(chord), points) for object_id, chord, points, *_group in rows)


def _part(query: SearchQuery) -> tuple[int, int]:
    start = (query.page - 1) * query.per_page
    return start, start + query.per_page
