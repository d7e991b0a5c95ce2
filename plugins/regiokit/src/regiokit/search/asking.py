"""From what somebody typed to a question: the analyser, the vocabulary of the index and the editors' synonyms."""

from functools import lru_cache

from django.db.models import Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from regiokit.search.contract import SearchSource
from regiokit.search.german import expand, parse, tokenize
from regiokit.search.german.stems import PART
from regiokit.search.models import SearchSynonym, SearchWord
from regiokit.search.question import Alternative, Question


def ask(source: SearchSource, text: str) -> Question:
    """Return the question that `text` asks of `source`; at most four queries, none without words."""
    question = parse(text)
    if not question.terms:
        return question
    return expand(question, IndexVocabulary(source.key, question), synonyms())


def synonyms() -> dict[Alternative, tuple[Alternative, ...]]:
    """Return the editors' synonyms as the analyser takes them: every way to say a thing -> the others."""
    return _read(tuple(SearchSynonym.objects.order_by("pk").values_list("words", flat=True)))


@lru_cache(maxsize=8)
def _read(groups: tuple[str, ...]) -> dict[Alternative, tuple[Alternative, ...]]:
    found: dict[Alternative, tuple[Alternative, ...]] = {}
    for group in groups:
        ways = dict.fromkeys(filter(None, map(_stems, group.split(","))))
        for way in ways:
            others = tuple(other for other in ways if other != way)
            found[way] = found.get(way, ()) + others
    return found


def _stems(words: str) -> Alternative:
    return tuple(token.stem for token in tokenize(words) if not token.joined)


class IndexVocabulary:
    """The words of a source's entries, as the analyser asks for them."""

    def __init__(self, key: str, question: Question):
        self._rows = SearchWord.objects.filter(source=key)
        self._key = key
        alternatives = [alternative for term in question.terms for alternative in term.alternatives]
        self._asked = {token for alternative in alternatives for token in alternative}
        found = self._rows.filter(token__in=self._asked).values_list("token", flat=True)
        self._known = set(found.distinct())

    def knows(self, token: str) -> bool:
        """Return whether any entry has this token: a stem, or the stem of a part with its mark."""
        if token in self._asked:
            return token in self._known
        return self._rows.filter(token=token).exists()

    def beginnings(self, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Return (word, stem) of at most `limit` words that begin with `prefix`, most frequent first."""
        rows = self._rows.filter(word__startswith=prefix).order_by("-entries", "word")
        return list(rows.values_list("word", "token")[:limit])

    def close(self, word: str, distance: int, limit: int) -> list[tuple[str, str]]:
        """Return (word, stem) of at most `limit` words with so many edits or swaps, nearest and most frequent first.

        Optimal string alignment counts a swap of neighbours as one error (F. Damerau, CACM 7 (1964) 171-176).
        """
        every = _every_word(self._key, self._rows.aggregate(newest=Max("pk"))["newest"])
        found = process.extract(word, every.keys(), scorer=OSA.distance, score_cutoff=distance, limit=None)
        found.sort(key=lambda hit: (hit[1], -every[hit[0]][1], hit[0]))
        return [(close, every[close][0]) for close, _errors, _place in found[:limit]]


@lru_cache(maxsize=16)
def _every_word(key: str, newest: int) -> dict[str, tuple[str, int]]:
    """Return word -> (token, entries) of a source; remembered by the process until a new word comes (`newest`)."""
    rows = SearchWord.objects.filter(source=key).exclude(word__startswith=PART)
    return {word: (token, entries) for word, token, entries in rows.values_list("word", "token", "entries")}
