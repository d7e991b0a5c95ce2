"""How much a find counts: small whole numbers that a person can add up, the same on every engine ("So sortieren wir")."""

from math import log2

from regiokit.search.question import Term

PRESENT = 1000
"""A word that is there at all counts more than any place where it may stand: all words come before some.

Points are multiplied by the word's weight (1 to 5). With at most 16 words of at most 5, the places of all of them never
reach one word that is missing, and the whole sum stays exact in a float of 32 bits.
"""

HEAVIEST = 5
"""Weight of the rarest word of a question against one that is in 16 times as many entries or more."""

FIELD_POINTS = {"title": (12, 10, 5), "organisation": (6, 5, 2), "text": (3, 2, 1)}
"""Points of a word by field: the word itself, as part of a compound, by a synonym, a completion or a correction."""

NEAR_KM = (2, 5, 10, 20, 50)
"""Bands of distance in km: within the first band 5 points, past the last none."""

WORD_WEIGHT, DISTANCE_WEIGHT = 100, 10
"""Words come before distance: 5 points of distance never reach one point of words. Equals stand by their last
confirmation, which needs no points."""


def points(term: Term, field: str, closeness: int) -> int:
    """Return what a term counts in a field; `closeness` 0: the word itself, 1: part of a compound, 2: something near."""
    return term.weight * (PRESENT + FIELD_POINTS[field][closeness])


def weights(entries: list[int]) -> list[int]:
    """Return the weight of each word of a question from the number of entries that have it (0: unknown, counts as rare).

    The doubling of entries costs one point, after the inverse document frequency (K. Sparck Jones, J. Documentation 28
    (1972) 11-21), relative to the most frequent word of the question.
    """
    most = max(entries, default=1)
    return [min(HEAVIEST, 1 + round(log2(max(most, 1) / max(number, 1)))) for number in entries]
