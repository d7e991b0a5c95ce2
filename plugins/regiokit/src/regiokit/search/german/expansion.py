"""Widens a question by what the index knows: synonyms, beginnings, parts, typing errors."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from regiokit.search.german.parsing import MOST_TERMS
from regiokit.search.german.stems import PART, pieces_of
from regiokit.search.german.tokens import runs
from regiokit.search.german.wordlist import words
from regiokit.search.question import Alternative, Question, Term

SHORTEST_BEGINNING = 3
SHORTEST_TRUNK = 7
"""Letters that a word needs so that its first ones, at least five, say what it is about."""
MOST_NEAR = 8
"""So many completions or corrections of one word are asked."""

LONGEST_WAY = 5
"""A way to say a thing has at most so many words; longer ones lead nowhere."""

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

    In this order: words that begin so, all parts of a compound or the verb without its prefix, words with a typing error,
    words with the same trunk, those parts that an entry has.
    Phrases stay as they are. `corrections` then has typed word -> meant word.
    """
    terms: list[Term] = []
    corrections: dict[str, str] = {}
    for term, others in zip(question.terms, _synonyms(question.terms, synonyms), strict=True):
        term = replace(term, near=(*term.near, *(other for other in others if other not in term.alternatives)))
        if _quoted(term) or _known(term, vocabulary):
            terms.append(term)
        else:
            terms += _meant(term, vocabulary, synonyms, corrections)
    terms = list(dict.fromkeys(terms))[:MOST_TERMS]
    return replace(question, terms=tuple(terms), minimum=len(terms), corrections=corrections)


def _known(term: Term, vocabulary: Vocabulary) -> bool:
    """Whether an entry has the word or a synonym; that several words stand somewhere, each alone, does not count."""
    return any(vocabulary.knows(*alternative) for alternative in term.alternatives if len(alternative) == 1)


def _quoted(term: Term) -> bool:
    return term.word.startswith('"')


def _meant(term: Term, vocabulary: Vocabulary, synonyms: Synonyms, corrections: dict[str, str]) -> list[Term]:
    """Return the terms to ask instead of one that no entry has."""
    token = next(runs(term.word))[-1]
    if len(token.word) >= SHORTEST_BEGINNING:
        longer = vocabulary.beginnings(token.word, MOST_NEAR)
        if longer:
            return [_near(term, longer)]
    pieces = pieces_of(token.word)
    if pieces and all(_has(vocabulary, piece) for piece in pieces):
        return [_piece(term, piece, synonyms) for piece in pieces]
    # A German word is no typing error because no entry has it.
    distance = 0 if token.word in words().heads else allowed_distance(token.word)
    close = vocabulary.close(token.word, distance, MOST_NEAR) if distance else []
    if close:
        corrections[term.word] = close[0][0]
    elif len(token.word) >= SHORTEST_TRUNK:
        close = vocabulary.beginnings(_trunk(token.word), MOST_NEAR)
    known = [piece for piece in pieces if _has(vocabulary, piece)]
    if known and not close:
        return [_piece(term, piece, synonyms) for piece in known]
    return [_with_synonyms(_near(term, close), synonyms)]


def _piece(term: Term, piece: str, synonyms: Synonyms) -> Term:
    return _with_synonyms(Term(term.word, same=((piece,),), part=((PART + piece,),)), synonyms)


def _trunk(word: str) -> str:
    """Return what related words share in front: "Reparatur" and "reparieren", "Spaziergang" and "spazieren"."""
    return word[: max(SHORTEST_TRUNK - 2, round(len(word) * 0.6))]


def _has(vocabulary: Vocabulary, piece: str) -> bool:
    return vocabulary.knows(piece) or vocabulary.knows(PART + piece)


def _with_synonyms(term: Term, synonyms: Synonyms) -> Term:
    """Return the term with the synonyms of what was found instead of the typed word."""
    others = [other for (token, *_) in (*term.same, *term.near) for other in synonyms.get((token,), ())]
    marked = [alternative for other in others for alternative in _marked(other) if alternative not in term.alternatives]
    return replace(term, near=tuple(dict.fromkeys([*term.near, *marked])))


def _near(term: Term, found: list[tuple[str, str]]) -> Term:
    """Return the term with found words, each also as the part of a compound."""
    near = dict.fromkeys([*term.near, *((token,) for _, stem in found for token in (stem, PART + stem))])
    return replace(term, near=tuple(near))


def _synonyms(terms: tuple[Term, ...], synonyms: Synonyms) -> list[list[Alternative]]:
    """Return for each term the alternatives that synonyms add; one of several words is added to each of them."""
    found: list[list[Alternative]] = [[] for _ in terms]
    stems = [term.same[0] if not _quoted(term) else () for term in terms]
    for start in range(len(terms)):
        for end in range(start + 1, min(start + LONGEST_WAY, len(terms)) + 1):
            key = tuple(stem for part in stems[start:end] for stem in part)
            others = [*synonyms.get(key, ()), *(synonyms.get(key[0], ()) if len(key) == 1 else ())]
            for other in others:
                alternatives = _marked(other)
                for place in range(start, end):
                    found[place] += [new for new in alternatives if new not in found[place]]
    return found


def _marked(other: Alternative) -> list[Alternative]:
    """Return a synonym, and when it is one word also the same word as the part of a compound."""
    return [tuple(other), *([(PART + other[0],)] if len(other) == 1 else [])]
