"""From what somebody typed to a question: the analyser, the vocabulary of the index and the editors' synonyms."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from django.db import connections, router
from django.db.models import F, Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from regiokit.search import synonyms
from regiokit.search.engines.database.beginning import Begins
from regiokit.search.german import expand, parse
from regiokit.search.german.stems import PART, stem
from regiokit.search.models import SearchWord
from regiokit.search.question import Alternative, Question, Term
from regiokit.search.scores import weights


def ask(text: str, keys: Sequence[str]) -> Question:
    """Return the question that `text` asks of the sources with these keys; a fixed number of queries, none without words."""
    question = parse(text)
    if not question.terms:
        return question
    groups = synonyms.groups()
    vocabulary = IndexVocabulary(tuple(keys), question, groups)
    question = expand(question, vocabulary, synonyms.others(groups))
    counted = zip(question.terms, weights(vocabulary.entries(question.terms)), strict=True)
    terms = (replace(term, weight=weight, near=vocabulary.only_known(term.near)) for term, weight in counted)
    return replace(question, terms=tuple(terms))


class IndexVocabulary:
    """The words of the entries of some sources and of the synonyms (`groups`), as the analyser asks for them."""

    def __init__(self, keys: tuple[str, ...], question: Question, groups: tuple[str, ...]):
        self._groups = groups
        self._rows = SearchWord.objects.filter(source__in=keys)
        self._keys = keys
        alternatives = [alternative for term in question.terms for alternative in term.alternatives]
        self._asked = {token for alternative in alternatives for token in alternative}
        self._entries = self._count(self._asked)

    def knows(self, token: str) -> bool:
        """Return whether any entry has this token: a stem, or the stem of a part with its mark."""
        if token not in self._asked:
            self._asked.add(token)
            self._entries |= self._count({token})
        return token in self._entries

    def entries(self, terms: Iterable[Term]) -> list[int]:
        """Return in about how many entries each term is: its most frequent token counts, of related words when it has none."""
        tokens = {token for term in terms for alternative in term.alternatives for token in alternative}
        self._entries |= self._count(tokens - self._asked)
        return [self._most(term.same + term.part) or self._most(term.near) for term in terms]

    def _most(self, alternatives: Iterable[Alternative]) -> int:
        return max((self._entries.get(token, 0) for found in alternatives for token in found), default=0)

    def only_known(self, alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
        """Return the alternatives all of whose tokens some entry has, of those that `entries` counted.

        The vocabulary keeps no numbers, so that they may stand anywhere.
        """
        return tuple(
            found for found in alternatives if all(token in self._entries or token.isdigit() for token in found)
        )

    def _count(self, tokens: set[str]) -> dict[str, int]:
        if not (tokens and self._keys):
            return {}
        # Asked for every question with words, like the synonyms.
        keys, asked = (", ".join(["%s"] * len(values)) for values in (self._keys, tokens))
        sql = f"SELECT token, SUM(entries) FROM regiokit_searchword WHERE source IN ({keys}) AND token IN ({asked})"  # noqa: S608
        with connections[router.db_for_read(SearchWord)].cursor() as cursor:
            cursor.execute(f"{sql} GROUP BY token", [*self._keys, *tokens])
            return dict(cursor.fetchall())

    def beginnings(self, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Return (word, stem) of at most `limit` words that begin with `prefix`, most frequent first."""
        rows = self._rows.filter(Begins(F("word"), prefix)).order_by("-entries", "word")
        return list(rows.values_list("word", "token")[:limit])

    def close(self, word: str, distance: int, limit: int) -> list[tuple[str, str]]:
        """Return (word, stem) of at most `limit` words with so many edits or swaps, nearest and most frequent first.

        Optimal string alignment counts a swap of neighbours as one error (F. Damerau, CACM 7 (1964) 171-176).
        """
        newest = self._rows.aggregate(newest=Max("pk"), generation=Max("generation"))
        listed = {word: (token, 0) for word, token in synonyms.single_words(self._groups).items()}
        every = {**listed, **_every_word(self._keys, **newest)}
        found = _nearest(word, every, distance)
        if not found:
            parts = _nearest(stem(word), _every_part(self._keys, **newest), min(distance, 1))
            return [(self._compound(part), part) for part in parts[:limit]]
        found.sort(key=lambda near: (-every[near][1], near))
        return [(near, every[near][0]) for near in found[:limit]]

    def _compound(self, part: str) -> str:
        """Return a word of the entries that has this part."""
        words = self._rows.filter(word__contains=part).exclude(word__startswith=PART).order_by("-entries", "word")
        return words.values_list("word", flat=True).first() or part


def _nearest(word: str, every: Collection[str], distance: int) -> list[str]:
    """Return those of the words that have the fewest errors, at most `distance`."""
    found = process.extract(word, list(every), scorer=OSA.distance, score_cutoff=distance, limit=None)
    fewest = min((errors for _near, errors, _place in found), default=0)
    return [near for near, errors, _place in found if errors == fewest]


@lru_cache(maxsize=16)
def _every_word(keys: tuple[str, ...], newest: int, generation: int) -> dict[str, tuple[str, int]]:
    """Return word -> (token, entries) of the sources; remembered by the process until a new word or index comes."""
    rows = SearchWord.objects.filter(source__in=keys).exclude(word__startswith=PART)
    return {word: (token, entries) for word, token, entries in rows.values_list("word", "token", "entries")}


@lru_cache(maxsize=16)
def _every_part(keys: tuple[str, ...], newest: int, generation: int) -> tuple[str, ...]:
    """Return the stems of all parts of compounds, remembered like `_every_word`."""
    rows = SearchWord.objects.filter(source__in=keys, word__startswith=PART)
    return tuple(token.removeprefix(PART) for token in rows.values_list("token", flat=True).distinct())
