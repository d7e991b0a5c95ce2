"""Words that have to do with each other: families, and where a narrower word leads (words/related.txt)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256

from regiokit.search.german.tokens import tokenize
from regiokit.search.german.wordlist import FOLDER, words
from regiokit.search.question import Alternative

Leading = dict[Alternative, tuple[Alternative, ...]]
"""What somebody says -> other ways to say it, as tuples of stems."""


@cache
def related() -> Leading:
    """Return what every word of the list leads to, read once a process. Raises ValueError for an unknown section."""
    found: Leading = {}
    for typed, others in _lines():
        for way in typed:
            _lead(found, way, others)
    return found


@cache
def fingerprint() -> str:
    """Return a mark that changes with the list: what it led to is kept with saved searches."""
    return sha256(_text().encode()).hexdigest()[:16]


def lead_to_each_other(found: Leading, ways: list[str]) -> None:
    """Add to `found` that each of these ways to say a thing leads to all others."""
    for way in ways:
        _lead(found, way, ways)


def ways_of(line: str) -> list[str]:
    """Return the ways to say a thing in a line: "Kita, Kindergarten" -> ["Kita", "Kindergarten"]."""
    return [" ".join(way.split()) for way in re.split(r"[,;\n]", line) if way.strip()]


def stems_of(way: str) -> Alternative:
    """Return what the search reads of one way; two ways with the same stems are found alike anyway."""
    return tuple(token.stem for token in tokenize(way) if not token.joined)


def _lead(found: Leading, way: str, others: Iterable[str]) -> None:
    own = stems_of(way)
    stems = dict.fromkeys(filter(None, map(stems_of, others)))
    for key in {own, _asked(way)} - {()}:
        new = (other for other in stems if other != own)
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), *new)))


def _asked(way: str) -> Alternative:
    """Return the stems as a question has them: without stop words, unless hardly anything is left."""
    telling = [token for token in tokenize(way) if not token.joined and token.word not in words().stop]
    return tuple(token.stem for token in telling) if len(telling) > 1 else ()


def _lines() -> Iterator[tuple[list[str], list[str]]]:
    """Yield (ways that somebody types, ways that they lead to)."""
    kind = ""
    for line in _text().splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and kind == "families":
            yield ways_of(line), ways_of(line)
        elif line and kind == "towards":
            typed, _colon, others = line.partition(":")
            yield [typed], ways_of(others)
        elif line:
            raise ValueError(f"Unknown section [{kind}] in the list of related words.")


def _text() -> str:
    return FOLDER.joinpath("related.txt").read_text(encoding="utf-8")
