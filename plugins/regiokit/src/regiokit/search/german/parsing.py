"""Reads what somebody typed into a search box."""

import re
from collections.abc import Iterator

from regiokit.search.german.stems import PART, sequence, stem
from regiokit.search.german.tokens import Token, runs, tokenize
from regiokit.search.german.wordlist import words
from regiokit.search.question import Question, Term

MOST_LETTERS = 2000
MOST_TERMS = 16
_QUOTES = str.maketrans(dict.fromkeys("„“”«»‟", '"') | {"\u2212": "-"})
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]*)"|(?<!\S)-(?P<without>[^\s"]+)|(?P<plain>[^\s"]+)')


def parse(text: str) -> Question:
    """Return the question of a typed text: words, "phrases in quotes", -words that must not be there.

    Anything else is text. Stop words drop out unless nothing else is left. At most `MOST_LETTERS` are read and
    `MOST_TERMS` asked.
    """
    wanted: dict[Term, bool] = {}
    excluded: dict[Term, bool] = {}
    for piece in _PIECE.finditer(text[:MOST_LETTERS].translate(_QUOTES)):
        if piece["phrase"] is not None:
            terms = _phrase(piece["phrase"])
            (excluded if piece["minus"] else wanted).update(terms)
        elif piece["without"]:
            excluded.update(_words(piece["without"]))
        else:
            wanted.update(_words(piece["plain"]))
    telling = [term for term, stop in wanted.items() if not stop] or list(wanted)
    without = [term for term, stop in excluded.items() if not stop]
    terms = tuple(telling[:MOST_TERMS])
    return Question(terms=terms, excluded=tuple(without[:MOST_TERMS]), minimum=len(terms))


def _phrase(text: str) -> dict[Term, bool]:
    stems = tuple(token.stem for token in tokenize(text) if not token.joined)
    return {Term(word=f'"{text.strip()}"', same=(stems,)): False} if stems else {}


def _words(text: str) -> Iterator[tuple[Term, bool]]:
    """Yield the terms of a piece without spaces, each with whether it is a stop word."""
    stop = words().stop
    for run in runs(text):
        if run and run[-1].joined:
            yield _hyphened(run, text), False
        else:
            for token in run:
                yield word_term(token.word, text[token.start : token.end]), token.word in stop


def word_term(folded: str, word: str) -> Term:
    """Return what finds a folded word: itself, a compound that has it, and its own parts written apart."""
    own = stem(folded)
    apart = sequence(folded)
    return Term(word=word, same=((own,),), part=((PART + own,), *([apart] if apart else [])))


def _hyphened(run: tuple[Token, ...], text: str) -> Term:
    whole = run[-1]
    apart = tuple(token.stem for token in run if not token.joined)
    return Term(word=text[whole.start : whole.end], same=(apart, (whole.stem,)), part=((PART + whole.stem,),))
