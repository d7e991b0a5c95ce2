"""Names what wrote an index: when it changes, the index must be built anew."""

from functools import cache
from hashlib import sha256

from regiokit.search import german

SCHEMA = "1"
"""Raised with every change of what an index keeps of a document."""


@cache
def fingerprint() -> str:
    """Return the mark of the running analyser and schema."""
    return sha256(f"{SCHEMA} {german.FINGERPRINT}".encode()).hexdigest()[:16]
