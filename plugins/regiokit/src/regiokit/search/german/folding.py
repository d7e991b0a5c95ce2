"""Folds German letters so that spellings of one word meet: case, umlauts, ß, marks, invisible characters."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ä": "a",
        "ö": "o",
        "ü": "u",
        "ß": "ss",
        "æ": "a",
        "ø": "o",
        "œ": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)
# All of them at once, so that a folded word stays as it is when it is folded again.
_SPELLED_OUT = re.compile(r"(?<![aeq])([aou])e+")


def fold(text: str) -> str:
    """Return `text` in lower case without umlauts, ß and marks; "ae", "oe", "ue" become the plain vowel as well.

    Both the indexed text and the question are folded, so "Müll", "Muell" and "mull" are the same word.
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_LETTERS)
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
        text = text.casefold()
    return _SPELLED_OUT.sub(r"\1", text)
