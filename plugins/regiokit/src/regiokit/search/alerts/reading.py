"""What saved searches ask, analysed once and kept: by the same words and synonyms as the search itself.

A kept reading is done again when the analyser, the synonyms or the whole vocabulary changed; one with words that the
index did not know also when a new word may be the one that was meant.
"""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction
from rapidfuzz.distance import OSA

from regiokit.search import synonyms
from regiokit.search.alerts.candidates import anchors, as_stored
from regiokit.search.alerts.models import SavedSearch, SavedSearchAnchor
from regiokit.search.asking import IndexVocabulary
from regiokit.search.contract import SearchSource
from regiokit.search.engines import database
from regiokit.search.engines.database.deleting import quickly_delete
from regiokit.search.fingerprint import fingerprint
from regiokit.search.german import allowed_distance, expand, parse, related
from regiokit.search.german.stems import PART, stem
from regiokit.search.models import SearchWord
from regiokit.search.parts import batched
from regiokit.search.question import Question

BATCH = 500
READING = 2
"""Grows when the code reads questions differently (`german.expansion`, `german.related`), so that kept ones are read anew."""
MOST_A_TURN = 2000
"""Readings that one turn of the worker does; matching waits until all are done."""


def mark(source: SearchSource) -> str:
    """Return what names all that decides a reading; a rebuild of the index counts every word anew."""
    facets = [(facet.name, bool(facet.live or facet.ranges)) for facet in source.facets]
    read_by = (READING, fingerprint(), related.fingerprint(), synonyms.groups(), facets)
    return sha256(f"{read_by} {database.live_generation(source.key)}".encode()).hexdigest()[:16]


def read(source: SearchSource, searches: list[SavedSearch], *, now_mark: str = "") -> None:
    """Analyse the questions of these saved searches and keep what was read."""
    now_mark = now_mark or mark(source)
    parsed = {saved.pk: parse(saved.text) for saved in searches}
    groups = synonyms.groups()
    every_term = tuple(term for asked in parsed.values() for term in asked.terms)
    vocabulary = Watched((source.key,), Question(terms=every_term), groups)
    others = synonyms.others(groups)
    questions = {}
    for saved in searches:
        vocabulary.watch()
        asked = parsed[saved.pk]
        questions[saved.pk] = expand(asked, vocabulary, others) if asked.terms else asked
        saved.unsettled, saved.read_with = vocabulary.unknown(), now_mark
        saved.question = as_stored(questions[saved.pk])
    common = _frequencies(source, questions.values())
    found = [anchor for saved in searches for anchor in anchors(saved, questions[saved.pk], source, common)]
    with transaction.atomic():
        SavedSearch.objects.bulk_update(searches, ["question", "unsettled", "read_with"])
        quickly_delete(SavedSearchAnchor.objects.filter(saved_search_id__in=[saved.pk for saved in searches]))
        SavedSearchAnchor.objects.bulk_create(found, ignore_conflicts=True, batch_size=BATCH)


def bring_up_to_date(source: SearchSource) -> bool:
    """Read anew what another analyser, other synonyms or another vocabulary read; returns whether all is done."""
    now_mark = mark(source)
    confirmed = SavedSearch.objects.filter(source=source.key, confirmed_at__isnull=False)
    for _turn in range(MOST_A_TURN // BATCH):
        outdated = list(confirmed.exclude(read_with=now_mark).order_by("pk")[:BATCH])
        if not outdated:
            return True
        read(source, outdated, now_mark=now_mark)
    return False


def read_unsettled(source: SearchSource, *, since: int) -> None:
    """Read anew what one of the words that came after the row `since` may change."""
    fresh = list(SearchWord.objects.filter(source=source.key, pk__gt=since).values_list("word", "token"))
    if not fresh:
        return
    unsettled = SavedSearch.objects.filter(source=source.key, confirmed_at__isnull=False, unsettled__isnull=False)
    rows = unsettled.values_list("pk", "unsettled").iterator(chunk_size=BATCH)
    touched = [pk for pk, unknown in rows if any(_may_mean(unknown, word, token) for word, token in fresh)]
    for part in batched(touched, BATCH):
        read(source, list(SavedSearch.objects.filter(pk__in=part)))


class Watched(IndexVocabulary):
    """The vocabulary of the index; notes the words and tokens that were asked for and that it does not know."""

    def watch(self) -> None:
        """Begin a new note."""
        self._words: set[str] = set()
        self._missing: set[str] = set()

    def unknown(self) -> dict | None:
        """Return the note, or None when the words themselves were known."""
        return {"words": sorted(self._words), "tokens": sorted(self._missing)} if self._words else None

    def knows(self, token: str) -> bool:
        """Note the token when no entry has it."""
        known = super().knows(token)
        if not known:
            self._missing.add(token)
        return known

    def beginnings(self, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Note the word: it is only asked for when no entry has it."""
        self._words.add(prefix)
        return super().beginnings(prefix, limit)

    def close(self, word: str, distance: int, limit: int) -> list[tuple[str, str]]:
        """Note the word here as well, and its stem: parts of compounds are meant too."""
        self._words |= {word, stem(word)}
        return super().close(word, distance, limit)


def _may_mean(unknown: dict, word: str, token: str) -> bool:
    return token in unknown["tokens"] or any(_alike(asked, word) for asked in unknown["words"])


def _alike(asked: str, word: str) -> bool:
    """Return whether a new word or part may be what was asked: rather once too often."""
    plain, allowed = word.removeprefix(PART), max(1, allowed_distance(asked))
    return plain.startswith(asked) or OSA.distance(asked, plain, score_cutoff=allowed) <= allowed


def _frequencies(source: SearchSource, questions: Iterable[Question]) -> Counter:
    tokens = {token for asked in questions for term in asked.terms for way in term.alternatives for token in way}
    common: Counter = Counter()
    for part in batched(sorted(tokens), 5 * BATCH):
        rows = SearchWord.objects.filter(source=source.key, token__in=part).values_list("token", "entries")
        for token, entries in rows:
            common[token] += entries
    return common
