"""The words of a source, for typing errors and beginnings, and the completions of what somebody types."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from regiokit.search.contract import SearchDocument, SearchSource, Suggestion
from regiokit.search.engines.database.deleting import quickly_delete
from regiokit.search.german import tokenize
from regiokit.search.german.stems import PART
from regiokit.search.models import SearchSuggestion, SearchWord
from regiokit.search.parts import batched

BATCH = 1000
LONGEST_WORD = 80


def add(source: SearchSource, documents: Iterable[SearchDocument]) -> None:
    """Add the words and completions of these documents that are new."""
    documents = list(documents)
    words = {word: token for document in documents for word, token in _words(document)}
    known = set(_known(SearchWord.objects.filter(source=source.key), "word", words))
    _insert(SearchWord, [_word(source, word, token, 1) for word, token in words.items() if word not in known])
    wanted = {row for document in documents for row in _suggestions(document)}
    rows = SearchSuggestion.objects.filter(source=source.key)
    labels = {label for _kind, label, _folded in wanted}
    present = {
        row
        for part in batched(sorted(labels), BATCH)
        for row in rows.filter(label__in=part).values_list("kind", "label", "folded")
    }
    _insert(SearchSuggestion, [_suggestion(source, row, 1) for row in wanted - present])


def recount(source: SearchSource) -> None:
    """Count all words and completions anew; what no entry has any more goes. Memory grows with the vocabulary only."""
    words: Counter[tuple[str, str]] = Counter()
    suggestions: Counter[tuple[str, str, str]] = Counter()
    for document in source.documents(None):
        words.update(set(_words(document)))
        suggestions.update(set(_suggestions(document)))
    with transaction.atomic():
        quickly_delete(SearchWord.objects.filter(source=source.key))
        _insert(SearchWord, (_word(source, word, token, count) for (word, token), count in words.items()))
        quickly_delete(SearchSuggestion.objects.filter(source=source.key))
        _insert(SearchSuggestion, (_suggestion(source, row, count) for row, count in suggestions.items()))


def suggest(sources: Iterable[str], folded: str, *, limit: int) -> list[Suggestion]:
    """Return the completions of the folded beginning, most frequent first."""
    rows = SearchSuggestion.objects.filter(source__in=list(sources), folded__startswith=folded)
    found = rows.order_by("-entries", "label").values_list("kind", "label")[: limit * 4]
    return [Suggestion(kind, label) for kind, label in dict.fromkeys(found)][:limit]


def beginnings_of(label: str) -> list[str]:
    """Return the folded label from each of its words on: people begin to type at any of them."""
    typed = typed_beginning(label).split()
    return [" ".join(typed[start:]) for start in range(len(typed))]


def typed_beginning(text: str) -> str:
    """Return what somebody has typed so far in the form of `beginnings_of`."""
    return " ".join(token.word for token in tokenize(text) if not token.joined)


def _words(document: SearchDocument) -> Iterable[tuple[str, str]]:
    """Yield (word, token) of all words, and the marked parts of compounds as words of their own."""
    for text in (document.title, document.organisation, document.text):
        for token in tokenize(text):
            if len(token.word) < LONGEST_WORD and not token.word.isdigit():
                yield token.word, token.stem
            yield from ((PART + part, PART + part) for part in token.parts if len(part) < LONGEST_WORD)


def _suggestions(document: SearchDocument) -> Iterable[tuple[str, str, str]]:
    named = [("title", document.title), ("organisation", document.organisation), *document.suggestions]
    for kind, label in named:
        for folded in beginnings_of(label[:255]):
            yield kind, label[:255], folded[:255]


def _word(source: SearchSource, word: str, token: str, entries: int) -> SearchWord:
    return SearchWord(source=source.key, word=word, token=token, entries=entries)


def _suggestion(source: SearchSource, row: tuple[str, str, str], entries: int) -> SearchSuggestion:
    kind, label, folded = row
    return SearchSuggestion(source=source.key, kind=kind, label=label, folded=folded, entries=entries)


def _known(rows, name: str, values: Iterable[str]) -> Iterable[str]:
    for part in batched(values, BATCH):
        yield from rows.filter(**{f"{name}__in": part}).values_list(name, flat=True)


def _insert(model, rows: Iterable) -> None:
    for part in batched(rows, BATCH):
        model.objects.bulk_create(part, ignore_conflicts=True)
