"""Asks and feeds the engines. Plugins call these, never an engine."""

import dataclasses
import logging
from collections.abc import Callable, Iterable, Iterator
from math import ceil
from time import monotonic, perf_counter

from django.db import transaction
from django.db.models import Count
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
    Suggestion,
    WrongParameter,
)
from regiokit.search.engines import Answer, Engine, EngineDown, IndexOutdated, choice, database
from regiokit.search.engines.database import vocabulary
from regiokit.search.german import highlight, snippet
from regiokit.search.models import SearchChange
from regiokit.search.question import Question
from regiokit.search.signals import entries_changed, search_degraded

log = logging.getLogger(__name__)

FEW = 5
"""When fewer entries than this have all the words, those with some follow. Facets do not count here: whoever chooses one
sees fewer of the same entries, never others."""

DEADLINE_SECONDS = 2.0
"""So long an engine outside the database may take for all it is asked; then the database answers."""


def search(source: SearchSource, query: SearchQuery) -> SearchResult:
    """Return the answer of the engine in use, or of the database when that does not answer within 2 seconds.

    Raises `WrongParameter` for a page past the end.
    """
    began = perf_counter()
    question = ask(query.text, query.among or (source.key,))
    engine, answer, complete, wordless = _answered(source, query, question)
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
        engine=engine.name,
        degraded=engine is not choice.preferred(),
        partial=complete is not None,
        complete=complete or 0,
        wordless=wordless,
        corrections=question.corrections,
        took_ms=(perf_counter() - began) * 1000,
    )


def count(source: SearchSource, query: SearchQuery) -> int:
    """Return how many entries `search` would find, without loading any."""
    _engine, answer, *_rest = _answered(source, query, ask(query.text, query.among or (source.key,)))
    return answer.total


def _answered(source: SearchSource, query: SearchQuery, question: Question) -> tuple[Engine, Answer, int | None, bool]:
    """Ask the engine in use, then the database; returns who answered, what, `complete`, and whether without words."""
    if (engine := choice.preferred()) is not database:
        try:
            return engine, *_answer(engine, source, query, question), False
        except EngineDown:
            search_degraded.send(sender=source)
    try:
        return database, *_answer(database, source, query, question), False
    except IndexOutdated:
        return database, Answer(), None, True


def _answer(engine: Engine, source: SearchSource, query: SearchQuery, question: Question) -> tuple[Answer, int | None]:
    """Ask for all words; when few entries have them, for some, and say how many have all (None: all that were found)."""
    deadline = monotonic() + DEADLINE_SECONDS
    answer = engine.answer(source, query, question, deadline=deadline)
    if query.every_word or answer.matching >= FEW or len(question.terms) < 2:
        return answer, None
    some = engine.answer(source, query, dataclasses.replace(question, minimum=1), deadline=deadline)
    return (some, answer.total) if some.matching > answer.matching else (answer, None)


def suggest(sources: Iterable[SearchSource], text: str, *, limit: int = 8) -> list[Suggestion]:
    """Return what `text` may be the beginning of, most frequent first; nothing for no letters."""
    folded = vocabulary.typed_beginning(text)
    keys = [source.key for source in sources]
    if not folded or not keys:
        return []
    if (engine := choice.preferred()) is not database:
        try:
            return engine.suggest(keys, folded, limit=limit, deadline=monotonic() + DEADLINE_SECONDS)
        except EngineDown:
            log.debug("search: completions come from the database")
    return database.suggest(keys, folded, limit=limit)


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
        transaction.on_commit(_write_at_once, robust=True)


def _write_at_once() -> None:
    """Whoever saves waits for the database at most; what stands outside has the worker."""
    changes.write(sources(), engines=(database,))


def write_changes() -> int:
    """Bring the engines up to date with what was noted; returns how many entries that were."""
    return changes.write(sources())


def rebuild(source: SearchSource, *, engine: str = "", progress: Callable[[int], None] | None = None) -> int:
    """Build the index of `source` anew beside the live one, then swap; returns the number of entries.

    `engine` names one; without it all that are kept are built, the database first. What changes meanwhile is written to
    the live index at once and to the new one after the swap. Raises `EngineDown`.
    """
    number = 0
    for kept in choice.kept():
        if engine in ("", kept.name):
            number = _rebuild(kept, source, progress)
    entries_changed.send(sender=source)
    return number


def _rebuild(engine: Engine, source: SearchSource, progress: Callable[[int], None] | None) -> int:
    if engine is database:
        number = database.rebuild(source, progress=progress)
    else:
        with changes.kept_for_later(engine, source):
            number = engine.rebuild(source, progress=progress)
    changes.write([source], engines=[engine])
    return number


def listed(key: str, object_ids: Iterable[int]) -> list[int]:
    """Return which of these ids the search of the source with this key still finds."""
    return database.listed(key, object_ids)


def repair() -> int:
    """Write anew what differs from the live entries, for all sources and engines; returns how many entries that were.

    The worker calls it once a day, so that a write that failed does not stay wrong. An engine that does not answer is
    left out.
    """
    return sum(mend(engine, source) for engine in choice.kept() for source in sources())


def mend(engine: Engine, source: SearchSource) -> int:
    """Write anew what differs in one index, or all of it when another analyser wrote it; 0 when the engine is away."""
    try:
        if not engine.up_to_date(source):
            return _rebuild(engine, source, None)
        wrong = sorted(engine.differing(source))
        if wrong:
            log.warning("search: %s entries of %s differed in %s", len(wrong), source.key, engine.name)
            changes.note(source.key, wrong, engines=[engine])
            changes.write([source], engines=[engine])
            entries_changed.send(sender=source)
    except EngineDown as failure:
        log.warning("search: %s could not be looked through: %s", engine.name, failure)
        return 0
    return len(wrong)


def differing() -> int:
    """Return how many entries of all sources differ in the database from what is live, and repair nothing."""
    return sum(len(database.differing(source)) for source in sources())


def number_of_entries(source: SearchSource) -> int:
    """Return how many entries the database keeps of a source, for progress: about as many as there are."""
    return database.number_of_entries(source)


def outdated() -> dict[str, list[str]]:
    """Return engine -> keys of the sources whose index waits for `rebuild_search`. Raises `EngineDown`."""
    return {
        engine.name: [source.key for source in sources() if not engine.up_to_date(source)] for engine in choice.kept()
    }


def waiting() -> dict[str, int]:
    """Return engine -> number of notes that wait to be written there; one query."""
    counted = dict.fromkeys((engine.name for engine in choice.kept()), 0)
    rows = SearchChange.objects.order_by().values_list("engine").annotate(number=Count("pk"))
    return counted | {engine: number for engine, number in rows if engine in counted}


def sources() -> tuple[SearchSource, ...]:
    """Return the search sources of all plugins among the installed apps."""
    return tuple(load(path) for plugin in active() for path in plugin.search_sources)
