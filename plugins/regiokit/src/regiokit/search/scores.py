"""How much a find counts: small whole numbers that a person can add up, the same on every engine ("So sortieren wir")."""

from datetime import timedelta

PRESENT = 100
"""A word that is there at all counts more than any place where it may stand: all words come before some."""

FIELD_POINTS = {"title": (12, 10, 8), "organisation": (6, 5, 4), "text": (3, 2, 1)}
"""Points of a word by field: the word itself, as part of a compound, by a synonym, a completion or a correction."""

NEAR_KM = (2, 5, 10, 20, 50)
"""Bands of distance in km: within the first band 5 points, past the last none."""

FRESH = (timedelta(days=30), timedelta(days=90), timedelta(days=180))
"""Bands of age since the last confirmation: within the first 3 points, past the last none."""

WORD_WEIGHT, DISTANCE_WEIGHT = 100, 10
"""Words come before distance, distance before freshness: 5 points of distance never reach one point of words."""
