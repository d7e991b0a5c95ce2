"""The fixed mix of questions, the same for every engine and size."""

import re
from functools import cache

from benchmarks import offers
from benchmarks.vocabulary import words
from regiokit.search import SearchQuery

EACH = 3
# Ranks in the vocabulary: about 5 to 30 %, 1 %, and less than 0.1 % of all offers.
COMMON, MEDIUM, RARE = (20, 150), (400, 1200), (8_000, 40_000)
PLACES = [(51.8473, 7.2892), (51.9173, 7.1528), (51.9221, 7.3619)]
TWO_FACETS = {"cause": frozenset({"social"}), "time": frozenset({"weekly", "flexible"})}
LONGEST = 20


@cache
def mix() -> dict[str, list[SearchQuery]]:
    """Return the questions by kind."""
    common, medium, rare = (_used(*ranks) for ranks in (COMMON, MEDIUM, RARE))
    return {
        "rare word": [SearchQuery(text=word) for word in rare],
        "medium word": [SearchQuery(text=word) for word in medium],
        "common word": [SearchQuery(text=word) for word in common],
        "two facets": [SearchQuery(text=word, facets=TWO_FACETS) for word in common],
        "radius": [
            SearchQuery(text=word, point=place, radius_km=10) for word, place in zip(common, PLACES, strict=True)
        ],
        "no words": [
            SearchQuery(sort="newest"),
            SearchQuery(sort="newest", facets=TWO_FACETS),
            SearchQuery(sort="distance", point=PLACES[0], radius_km=10),
        ],
    }


def beginnings() -> list[str]:
    """Return what people have typed when they see suggestions."""
    return [word[:length] for word, length in zip(_used(*COMMON) + _used(*MEDIUM), (3, 4, 5, 3, 4, 5), strict=True)]


@cache
def _used(first: int, last: int) -> list[str]:
    """Return `EACH` nouns between these ranks that stand in one of the first offers, so that every size finds them."""
    ranks = {word: rank for rank, word in enumerate(words())}
    found = {
        word: None
        for one in offers.offers(1000)
        for word in re.findall(r"\w+", f"{one.title} {one.description}")
        if word[0].isupper() and 5 <= len(word) <= LONGEST and first <= ranks.get(word, 0) < last
    }
    return sorted(found, key=ranks.__getitem__)[:: max(1, len(found) // EACH)][:EACH]
