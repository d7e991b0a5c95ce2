"""Folds German words so that spelling variants meet: case, umlauts, ß, hyphens, marks."""

import re
import unicodedata

_LETTERS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """Return `text` in lower case without umlauts, ß and marks; "ae", "oe", "ue" become the plain vowel as well.

    Both the indexed text and the question are folded, so "Müll", "Muell" and "mull" are the same word.
    """
    text = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return re.sub(r"(?<![aeq])([aou])e", r"\1", text)


def words(text: str, *, limit: int = 16) -> list[str]:
    """Return the folded words of a question, each once, in order, at most `limit`."""
    return list(dict.fromkeys(_WORD.findall(fold(text[:2000]))))[:limit]


def searchable(text: str) -> str:
    """Return the text as it is stored: folded words with single spaces."""
    return " ".join(_WORD.findall(fold(text)))
