"""Asks and feeds the engines. Plugins call these, never an engine."""

import dataclasses
import logging
from collections.abc import Iterable, Iterator
from math import ceil
from time import perf_counter

from django.db import transaction
from django.utils.translation import ngettext

from regiokit import conf
from regiokit.plugin import active, load
from regiokit.search import changes
from regiokit.search.asking import ask
from regiokit.search.contract import (
    CountedFacet,
    Facet,
    FacetValue,
    Hit,
    SearchQuery,
    SearchResult,
    SearchSource,
    WrongParameter,
)
from regiokit.search.engines import Answer, IndexOutdated, database
from regiokit.search.german import highlight, snippet
from regiokit.search.question import Question
from regiokit.search.signals import entries_changed

log = logging.getLogger(__name__)

FEW = 5
"""When fewer entries than this have all the words, those with some follow. Facets do not count here: whoever chooses one
sees fewer of the same entries, never others."""


def search(source: SearchSource, query: SearchQuery) -> SearchResult:
    """Return the answer of the engine in use. Raises `WrongParameter` for a page past the end."""
    began = perf_counter()
    question = ask(query.text, query.among or (source.key,))
    try:
        answer, complete, wordless = *_answer(source, query, question), False
    except IndexOutdated:
        answer, complete, wordless = Answer(), None, True
    pages = max(1, ceil(answer.total / query.per_page))
    if query.page > pages:
        message = ngettext("Es gibt nur eine Seite.", "Es gibt nur %(pages)s Seiten.", pages) % {"pages": pages}
        raise WrongParameter("page", message)
    return SearchResult(
        query=query,
        hits=tuple(_hits(source, question, answer)),
        total=answer.total,
        pages=pages,
        facets=tuple(_counted(facet, query, answer) for facet in source.facets),
        points=answer.points,
        unplaced=answer.unplaced,
        engine=database.name,
        partial=complete is not None,
        complete=complete or 0,
        wordless=wordless,
        corrections=question.corrections,
        took_ms=(perf_counter() - began) * 1000,
    )


def _answer(source: SearchSource, query: SearchQuery, question: Question) -> tuple[Answer, int | None]:
    """Ask for all words; when few entries have them, for some, and say how many have all (None: all that were found)."""
    answer = database.answer(source, query, question)
    if query.every_word or answer.matching >= FEW or len(question.terms) < 2:
        return answer, None
    some = database.answer(source, query, dataclasses.replace(question, minimum=1))
    return (some, answer.total) if some.matching > answer.matching else (answer, None)


def _hits(source: SearchSource, question: Question, answer: Answer) -> Iterator[Hit]:
    objects = source.load([found.object_id for found in answer.found])
    for found in answer.found:
        entry = objects.get(found.object_id)
        if entry is None:
            continue
        marked = (
            (highlight(str(entry), question), snippet(source.text(entry), question)) if question.terms else ("", "")
        )
        yield Hit(found.object_id, entry, found.distance_km, *marked, found.points)


def _counted(facet: Facet, query: SearchQuery, answer: Answer) -> CountedFacet:
    chosen = query.facets.get(facet.name, frozenset())
    numbers = answer.counts.get(facet.name, {})
    values = (
        FacetValue(value, str(label), numbers.get(value, 0), value in chosen) for value, label in facet.labels().items()
    )
    return CountedFacet(facet.name, facet.label, tuple(values))


def update(source: SearchSource | str, *object_ids: int) -> None:
    """Note that these entries changed; the worker brings every engine up to date after the commit.

    Call it inside the transaction that changes them: then nothing is forgotten, whatever breaks. A plugin's verbs, which
    stand below its search source, name the source by its key ("ehrenamt.offer").
    """
    key = source if isinstance(source, str) else source.key
    if not object_ids:
        return
    changes.note(key, object_ids)
    if conf.search_at_once():
        transaction.on_commit(write_changes, robust=True)


def write_changes() -> int:
    """Bring the engines up to date with what was noted; returns how many entries that were."""
    return changes.write(sources())


def rebuild(source: SearchSource, *, progress=None) -> int:
    """Build the index of `source` anew beside the live one, then swap; returns the number of entries."""
    number = database.rebuild(source, progress=progress)
    entries_changed.send(sender=source)
    return number


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
    if not database.up_to_date(source):
        return rebuild(source)
    wrong = sorted(database.differing(source))
    if wrong:
        log.warning("search: %s entries of %s differed from what is live", len(wrong), source.key)
        database.write(source, wrong, source.documents(wrong))
        entries_changed.send(sender=source)
    return len(wrong)


def sources() -> tuple[SearchSource, ...]:
    """Return the search sources of all plugins among the installed apps."""
    return tuple(load(path) for plugin in active() for path in plugin.search_sources)
