"""Cuts a text into words with their stems and parts: the one reading of German that index, question and marks share."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from regiokit.search.german.gender import SIGNED, spoken
from regiokit.search.german.stems import LONGEST, PART, parts, shorten, stem

# Letters in runs, between them marks and invisible signs: one at a time takes half as long again.
_LETTERS = r"[^\W_]*(?:[\u0300-\u036f\u00ad\u200b-\u200f\u2060]+[^\W_]*)*"
_WORD = rf"[^\W_]{_LETTERS}(?:{SIGNED}{_LETTERS})?"
_CHAIN = re.compile(rf"{_WORD}(?:[-\u2010\u2011]{_WORD})*")
_HYPHEN = re.compile(r"(?<![/(])[-\u2010\u2011]")
"""The one in "Helfer/-innen" is none."""
_OTHER = re.compile(r"[^a-z0-9]")
MOST_JOINED = 6
"""Words with more hyphens are not read as one word as well."""


class Token(NamedTuple):
    """A word of a text. `start`, `end` are offsets in the original; `word` is folded; `parts` are stems of its parts.

    `joined`: "Erste-Hilfe-Kurs" as a whole, given after its words, which are tokens of their own.
    """

    start: int
    end: int
    word: str
    stem: str
    parts: tuple[str, ...]
    joined: bool = False

    @property
    def keys(self) -> list[str]:
        """What an index stores of it: its stem, and its parts marked with `PART`."""
        return [self.stem, *(PART + part for part in self.parts)]


def tokenize(text: str) -> Iterator[Token]:
    """Yield the words of `text` in order; a word with hyphens gives each of its words and then the whole."""
    for run in runs(text):
        yield from run


def runs(text: str) -> Iterator[tuple[Token, ...]]:
    """Yield what stands between spaces and other signs: the tokens of a word, or of all words joined by hyphens."""
    for offset, run in runs_of(text):
        yield tuple(token._replace(start=token.start + offset, end=token.end + offset) for token in run.tokens)


class Run(NamedTuple):
    """A word or words joined by hyphens. `keys`: every stem and marked part that an index stores of it.

    The offsets of `tokens` count from the run's beginning.
    """

    tokens: tuple[Token, ...]
    keys: tuple[str, ...]


def runs_of(text: str) -> Iterator[tuple[int, Run]]:
    """Yield (offset, run) of `text`; what is read once is shared by all texts."""
    for match in _CHAIN.finditer(text):
        raw = match.group()
        yield match.start(), _remembered(raw) if len(raw) <= 4 * LONGEST else _run(raw)


def index_words(text: str) -> str:
    """Return what an index stores of `text`: the stems in order, then joined words and the parts marked with `PART`."""
    stems: list[str] = []
    behind: dict[str, None] = {}
    for kept in _every(text):
        stems += kept.stems
        if kept.behind:
            behind.update(kept.behind)
    return " ".join([*stems, *behind])


def written(text: str) -> set[tuple[str, str]]:
    """Return (word, token) of what `index_words` stores of `text`: words as they are written, folded; no numbers."""
    return set().union(*(kept.spelled for kept in _every(text)))


class Kept(NamedTuple):
    """What is stored of a run of letters: its stems, what stands behind all stems, and (word, token) of both."""

    stems: tuple[str, ...]
    behind: dict[str, None]
    spelled: tuple[tuple[str, str], ...]


def _every(text: str) -> Iterator[Kept]:
    return (_kept(raw) if len(raw) <= 4 * LONGEST else _keep(raw) for raw in _CHAIN.findall(text))


@lru_cache(maxsize=2**16)
def _kept(raw: str) -> Kept:
    return _keep(raw)


def _keep(raw: str) -> Kept:
    tokens = _read(raw)
    stems = tuple(token.stem for token in tokens if not token.joined)
    behind: dict[str, None] = {}
    for token in tokens:
        behind.update(dict.fromkeys(PART + part for part in token.parts))
        if token.joined:
            behind[token.stem] = None
    words = [(token.word, token.stem) for token in tokens if not token.word.isdigit()]
    parts = [(PART + part, PART + part) for token in tokens for part in token.parts]
    return Kept(stems, behind, (*words, *parts))


@lru_cache(maxsize=2**13)
def _remembered(raw: str) -> Run:
    return _run(raw)


def _run(raw: str) -> Run:
    tokens = _read(raw)
    return Run(tokens, tuple(dict.fromkeys(key for token in tokens for key in token.keys)))


def _read(raw: str) -> tuple[Token, ...]:
    """Return the tokens of one run of letters, signs of gender and hyphens; offsets count from its beginning."""
    tokens, position, whole = [], 0, []
    for piece in _HYPHEN.split(raw):
        word = shorten(_OTHER.sub(_foreign, spoken(piece[: 4 * LONGEST])))
        if word:
            tokens.append(Token(position, position + len(piece), word, stem(word), parts(word)))
            whole.append(word)
        position += len(piece) + 1
    if 1 < len(whole) <= MOST_JOINED and not all(word.isdigit() for word in whole):
        word = shorten("".join(whole))
        inner = [part for token in tokens for part in (token.stem, *token.parts)]
        tokens.append(Token(0, len(raw), word, stem(word), tuple(dict.fromkeys([*parts(word), *inner])), joined=True))
    return tuple(tokens)


def _foreign(letter: re.Match) -> str:
    """Return a letter of another script by its number, so that Cyrillic or Arabic words are found as well; signs vanish."""
    return f"y{ord(letter[0]):x}" if letter[0].isalpha() else ""
