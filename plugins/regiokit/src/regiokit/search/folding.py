"""Words as the engine on the ORM stores and asks them: folded, without stems or parts."""

import re

from regiokit.search.german.folding import fold

_WORD = re.compile(r"[a-z0-9]+")


def words(text: str, *, limit: int = 16) -> list[str]:
    """Return the folded words of a question, each once, in order, at most `limit`."""
    return list(dict.fromkeys(_WORD.findall(fold(text[:2000]))))[:limit]


def searchable(text: str) -> str:
    """Return the text as it is stored: folded words with single spaces."""
    return " ".join(_WORD.findall(fold(text)))
