"""Widens a question by what the index knows: synonyms, beginnings, parts, typing errors."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from regiokit.search.german.parsing import MOST_TERMS
from regiokit.search.german.stems import PART
from regiokit.search.german.tokens import runs
from regiokit.search.question import Alternative, Question, Term, least

SHORTEST_BEGINNING = 3
MOST_NEAR = 8
"""So many completions or corrections of one word are asked."""

Synonyms = Mapping[str | tuple[str, ...], Iterable[tuple[str, ...]]]


class Vocabulary(Protocol):
    """The words of an index."""

    def knows(self, token: str) -> bool:
        """Return whether any entry has this token: a stem, or the stem of a part with its mark."""

    def beginnings(self, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Return (word, stem) of at most `limit` words that begin with `prefix` (folded), most frequent first."""

    def close(self, word: str, distance: int, limit: int) -> list[tuple[str, str]]:
        """Return (word, stem) of at most `limit` words with so many edits or swaps, nearest and most frequent first."""


def allowed_distance(word: str) -> int:
    """Return how many typing errors a folded word may have: one from five letters on, two from nine, none in numbers."""
    if any(letter.isdigit() for letter in word):
        return 0
    return (len(word) >= 5) + (len(word) >= 9)


def expand(question: Question, vocabulary: Vocabulary, synonyms: Synonyms) -> Question:
    """Return the question with synonyms and, for words that no entry has, what was probably meant.

    In this order: words that begin so, the parts of a compound when all of them are known, words with a typing error.
    Phrases stay as they are. `corrections` then has typed word -> meant word.
    """
    terms: list[Term] = []
    corrections: dict[str, str] = {}
    for term, others in zip(question.terms, _synonyms(question.terms, synonyms), strict=True):
        if others or _quoted(term) or _known(term, vocabulary):
            terms.append(
                replace(term, near=(*term.near, *(other for other in others if other not in term.alternatives)))
            )
        else:
            terms += _meant(term, vocabulary, corrections)
    terms = list(dict.fromkeys(terms))[:MOST_TERMS]
    return replace(question, terms=tuple(terms), minimum=least(len(terms)), corrections=corrections)


def _known(term: Term, vocabulary: Vocabulary) -> bool:
    return any(all(map(vocabulary.knows, alternative)) for alternative in term.alternatives)


def _quoted(term: Term) -> bool:
    return term.word.startswith('"')


def _meant(term: Term, vocabulary: Vocabulary, corrections: dict[str, str]) -> list[Term]:
    """Return the terms to ask instead of one that no entry has."""
    token = next(runs(term.word))[-1]
    if len(token.word) >= SHORTEST_BEGINNING:
        longer = vocabulary.beginnings(token.word, MOST_NEAR)
        if longer:
            return [_near(term, longer)]
    pieces = [part for part in term.part if len(part) > 1] or [same for same in term.same if len(same) > 1]
    if pieces and all(vocabulary.knows(piece) or vocabulary.knows(PART + piece) for piece in pieces[0]):
        return [Term(word=term.word, same=((piece,),), part=((PART + piece,),)) for piece in pieces[0]]
    distance = allowed_distance(token.word)
    close = vocabulary.close(token.word, distance, MOST_NEAR) if distance else []
    if close:
        corrections[term.word] = close[0][0]
    return [_near(term, close)]


def _near(term: Term, found: list[tuple[str, str]]) -> Term:
    """Return the term with found words, each also as the part of a compound."""
    near = dict.fromkeys([*term.near, *((token,) for _, stem in found for token in (stem, PART + stem))])
    return replace(term, near=tuple(near))


def _synonyms(terms: tuple[Term, ...], synonyms: Synonyms) -> list[list[Alternative]]:
    """Return for each term the alternatives that synonyms add; one of several words is added to each of them."""
    found: list[list[Alternative]] = [[] for _ in terms]
    stems = [term.same[0] if not _quoted(term) else () for term in terms]
    longest = max((len(key) for key in synonyms if isinstance(key, tuple)), default=1)
    for start in range(len(terms)):
        for end in range(start + 1, min(start + longest, len(terms)) + 1):
            key = tuple(stem for part in stems[start:end] for stem in part)
            others = [*synonyms.get(key, ()), *(synonyms.get(key[0], ()) if len(key) == 1 else ())]
            for other in others:
                alternatives = [tuple(other), *([(PART + other[0],)] if len(other) == 1 else [])]
                for place in range(start, end):
                    found[place] += [new for new in alternatives if new not in found[place]]
    return found
