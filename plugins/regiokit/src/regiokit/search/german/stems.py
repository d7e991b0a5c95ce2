"""A word's stem and the stems of its parts."""

import re
from functools import lru_cache
from threading import local

import Stemmer

from regiokit.search.german.compounds import split
from regiokit.search.german.gender import neutral
from regiokit.search.german.wordlist import words

LONGEST = 64
"""Letters of a word that count; whatever has more is no German word."""
SHORTEST_COMPOUND = 6
PART = "zz"
"""Marks the stem of a part; no German word begins so."""

_PREFIX = re.compile(r"(?:vor|an|auf|aus|ab|ein|mit|zu|bei|nach|her|hin|weg|um|durch|vorbei|zusammen)(?=[a-z]{4})")
"""Prefixes that a German verb, and whoever does it, puts aside ("ich lese vor"): Duden, Die Grammatik, trennbare Verben."""

_here = local()


def shorten(word: str) -> str:
    """Return what of a folded word counts."""
    return word[:LONGEST]


@lru_cache(maxsize=2**15)
def stem(word: str) -> str:
    """Return the stem of a folded word, the same for all its forms and genders."""
    word = neutral(word)
    known = words()
    atoms = _atoms(word)
    head = atoms[-1] if atoms else word
    base = known.lemmas.get(head, head)
    before = word[: len(word) - len(head)]
    return before + known.stems[base] if base in known.stems else _snowball(before + base)


@lru_cache(maxsize=2**15)
def parts(word: str) -> tuple[str, ...]:
    """Return the stems of the parts of a folded word: each part alone, then the groups at both ends; or nothing."""
    atoms = _atoms(neutral(word))
    groups = [atoms[:size] for size in range(2, len(atoms))] + [atoms[-size:] for size in range(2, len(atoms))]
    return tuple(dict.fromkeys([*map(stem, atoms), *(stem("".join(group)) for group in groups)]))


def sequence(word: str) -> tuple[str, ...]:
    """Return the stems of a compound's parts in order, as they would stand in a text that writes it apart."""
    return tuple(map(stem, _atoms(neutral(word))))


def pieces_of(word: str) -> tuple[str, ...]:
    """Return the stems of which a word that nobody uses is made: a compound's parts, a verb without its prefix.

    A part of several parts stands before its own parts, as one piece: "hausaufgab" and "hilf".
    """
    atoms = _atoms(neutral(word))
    if len(atoms) > 2:
        return stem("".join(atoms[:-1])), stem(atoms[-1])
    if atoms:
        return tuple(map(stem, atoms))
    prefix = _PREFIX.match(word) if word.endswith(("n", "r")) else None
    return (stem(word[prefix.end() :]),) if prefix else ()


def _atoms(word: str) -> tuple[str, ...]:
    known = words()
    if len(word) < SHORTEST_COMPOUND or any(word in kind for kind in (known.whole, known.heads, known.modifiers)):
        return ()
    return split(word, modifiers=known.modifiers, heads=known.heads)


def _snowball(word: str) -> str:
    """Return the stem; a stemmer must not be used by two threads at once."""
    if not hasattr(_here, "stemmer"):
        _here.stemmer = Stemmer.Stemmer("german", 0)
    return _here.stemmer.stemWord(word)
