"""German, read once for all engines: index, question and marks come from the same tokens. Pure functions, no database.

How words are found: docs/search.md.
"""

from hashlib import sha256

import Stemmer

from regiokit.search.german.expansion import Vocabulary, allowed_distance, expand
from regiokit.search.german.folding import fold
from regiokit.search.german.marking import highlight, snippet
from regiokit.search.german.parsing import parse
from regiokit.search.german.tokens import Token, index_words, tokenize, written
from regiokit.search.german.wordlist import words

__all__ = [
    "FINGERPRINT",
    "Token",
    "Vocabulary",
    "allowed_distance",
    "expand",
    "fold",
    "highlight",
    "index_words",
    "parse",
    "snippet",
    "tokenize",
    "written",
]

_ANALYSER = 4
"""Grows when the code reads a text differently; a test compares a sample."""


def __getattr__(name: str) -> str:
    """Return FINGERPRINT: it changes with analyser, stemmer and word lists; read when first asked for."""
    if name != "FINGERPRINT":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return sha256(f"{_ANALYSER} {Stemmer.version()} {words().fingerprint}".encode()).hexdigest()[:16]
