"""German words with the frequencies of a real language: the demo's own words first, then compounds of its nouns."""

import json
import random
import re
from collections import Counter
from functools import cache
from itertools import accumulate
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
SIZE = 120_000
# Zipf-Mandelbrot: the word with rank r comes up 1 / (r + SHIFT) ** EXPONENT times, flat in the first ranks as in German.
SHIFT, EXPONENT = 2.7, 1.1
WORD = re.compile(r"[^\W\d_]+")
TAG = re.compile(r"<[^>]*>")


@cache
def words() -> tuple[str, ...]:
    """Return the `SIZE` words, most frequent first.

    German has no end of rare words because it compounds: so does this list, from nouns that the demo really uses.
    """
    counted = Counter(word for text in _texts() for word in WORD.findall(TAG.sub(" ", text)))
    real = sorted(counted, key=lambda word: (-counted[word], word))
    nouns = [word for word in real if word[0].isupper() and 4 <= len(word) <= 10 and word.lower() not in counted]
    # A dict keeps the order and takes each word once.
    draw, found = random.Random(1), dict.fromkeys(real)
    while len(found) < SIZE:
        found[draw.choice(nouns) + draw.choice(nouns).lower()] = None
    return tuple(found)


@cache
def weights() -> tuple[float, ...]:
    """Return the cumulated weights of `words`, as `random.choices` takes them."""
    return tuple(accumulate((rank + SHIFT) ** -EXPONENT for rank in range(1, len(words()) + 1)))


@cache
def nouns_between(first: int, last: int, count: int) -> list[str]:
    """Return `count` capitalised words of 5 to 20 letters evenly spread over the ranks `first` to `last`."""
    found = [word for word in words()[first:last] if word[0].isupper() and 5 <= len(word) <= 20]
    step = max(1, len(found) // count)
    return found[::step][:count]


def _texts():
    """Yield every text of the demo's entries."""
    for path in sorted(FIXTURES.glob("*/*.json")):
        yield from _strings(json.loads(path.read_text(encoding="utf-8")))


def _strings(value):
    """Yield the sentences in a JSON value; keys and single values such as "weekly" hold no space."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from _strings(entry)
    elif isinstance(value, str) and " " in value:
        yield value
