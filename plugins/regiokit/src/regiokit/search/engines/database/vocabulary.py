"""The words of a source, for typing errors and beginnings, and the completions of what somebody types."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connections, router, transaction
from django.db.models import F

from regiokit.search.contract import SearchDocument, SearchSource, Suggestion
from regiokit.search.engines.database.beginning import Begins
from regiokit.search.engines.database.deleting import quickly_delete
from regiokit.search.german import tokenize, written
from regiokit.search.models import SearchSuggestion, SearchWord
from regiokit.search.parts import batched

BATCH = 1000
MOST_HELD = 100_000
"""Words and completions that a rebuild counts before it writes them down: some 50 MB."""


def add(source: SearchSource, documents: Iterable[SearchDocument], generation: int) -> None:
    """Add the words and completions of these documents that this generation has not met yet."""
    documents = list(documents)
    words = {row for document in documents for row in _words(document)}
    known = _present(SearchWord, ("word", "token"), source, generation, [word for word, _token in words])
    _count(SearchWord, source, generation, dict.fromkeys(words - known, 1))
    wanted = {row for document in documents for row in suggestions_of(document)}
    known = _present(SearchSuggestion, ("label", "kind", "folded"), source, generation, [row[0] for row in wanted])
    _count(SearchSuggestion, source, generation, dict.fromkeys(wanted - known, 1))


class Counting:
    """Counts words and completions while a rebuild passes the documents by, in bounded memory."""

    def __init__(self, source: SearchSource, generation: int):
        self._source, self._generation = source, generation
        self._words: Counter[tuple[str, ...]] = Counter()
        self._suggestions: Counter[tuple[str, ...]] = Counter()

    def take(self, documents: Iterable[SearchDocument]) -> None:
        """Count what stands in these documents."""
        for document in documents:
            self._words.update(_words(document))
            self._suggestions.update(suggestions_of(document))
        if len(self._words) + len(self._suggestions) > MOST_HELD:
            self._write()

    def finish(self) -> None:
        """Write the last counts, and let go what this generation has not met."""
        self._write()
        for model in (SearchWord, SearchSuggestion):
            quickly_delete(model.objects.filter(source=self._source.key, generation__lt=self._generation))

    def _write(self) -> None:
        with transaction.atomic():
            _count(SearchWord, self._source, self._generation, self._words)
            _count(SearchSuggestion, self._source, self._generation, self._suggestions)
        self._words.clear()
        self._suggestions.clear()


def forget_titles(source: SearchSource, titles: Iterable[str]) -> None:
    """Suggest these titles no more."""
    for part in batched(sorted(titles), BATCH):
        SearchSuggestion.objects.filter(source=source.key, kind="title", label__in=part).delete()


def suggest(sources: Iterable[str], folded: str, *, limit: int, deadline: float | None = None) -> list[Suggestion]:
    """Return the completions of the folded beginning, most frequent first."""
    rows = SearchSuggestion.objects.filter(Begins(F("folded"), folded), source__in=list(sources))
    found = rows.order_by("-entries", "label").values_list("kind", "label")[: limit * 4]
    return [Suggestion(kind, label) for kind, label in dict.fromkeys(found)][:limit]


def beginnings_of(label: str) -> list[str]:
    """Return the folded label from each of its words on: people begin to type at any of them."""
    typed = typed_beginning(label).split()
    return [" ".join(typed[start:]) for start in range(len(typed))]


def typed_beginning(text: str) -> str:
    """Return what somebody has typed so far in the form of `beginnings_of`."""
    return " ".join(token.word for token in tokenize(text) if not token.joined)


def _words(document: SearchDocument) -> set[tuple[str, str]]:
    """Return (word, token) of all words, and the marked parts of compounds as words of their own."""
    return written(" ".join([document.title, document.organisation, document.text]))


def suggestions_of(document: SearchDocument) -> set[tuple[str, str, str]]:
    """Return (label, kind, folded) of everything that somebody may type on to."""
    named = [("title", document.title), ("organisation", document.organisation), *document.suggestions]
    return {(label[:255], kind, folded[:255]) for kind, label in named for folded in beginnings_of(label[:255])}


def _present(model, columns: tuple[str, ...], source: SearchSource, generation: int, first: list[str]) -> set[tuple]:
    """Return those rows of this generation whose first column has one of these values."""
    rows = model.objects.filter(source=source.key, generation__gte=generation).values_list(*columns)
    return {row for part in batched(sorted(set(first)), BATCH) for row in rows.filter(**{f"{columns[0]}__in": part})}


COLUMNS = {
    SearchWord: ("word, token", "source, word"),
    SearchSuggestion: ("label, kind, folded", "source, kind, label, folded"),
}


def _count(model, source: SearchSource, generation: int, rows: Mapping[tuple[str, ...], int]) -> None:
    """Insert rows with their counts; a row that this generation has met already is counted on."""
    table = model._meta.db_table
    columns, unique = COLUMNS[model]
    # The same word may have another stem since the analyser or its list changed.
    renewed = "".join(f"{name} = excluded.{name}, " for name in columns.split(", ") if name not in unique.split(", "))
    sql = f"""
        INSERT INTO {table} (source, generation, entries, {columns}) VALUES (%s, %s, %s{", %s" * (columns.count(",") + 1)})
        ON CONFLICT ({unique}) DO UPDATE SET {renewed}generation = excluded.generation, entries = excluded.entries +
        CASE WHEN {table}.generation = excluded.generation THEN {table}.entries ELSE 0 END"""
    # In order: two writers that meet wait for each other instead of embracing.
    values = [(source.key, generation, entries, *row) for row, entries in sorted(rows.items())]
    with connections[router.db_for_write(model)].cursor() as cursor:
        cursor.executemany(sql, values)
