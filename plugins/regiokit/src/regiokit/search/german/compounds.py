"""Takes compounds apart: "Rettungsschwimmer" into "rettungs" and "schwimmer", by words that are known to be parts."""

from collections.abc import Collection

SHORTEST = 3
"""Letters of the shortest part; which words of three letters may be parts stands in words/own.txt."""
MOST_PARTS = 5


def split(word: str, *, modifiers: Collection[str], heads: Collection[str]) -> tuple[str, ...]:
    """Return the parts of a folded `word` in order, joints included, or nothing when it is no compound.

    All of the word must be covered: modifiers, then one head. The fewest parts win, then the longest head.
    """
    size = len(word)
    ends: dict[int, tuple[str, ...]] = {}
    for start in range(size - SHORTEST, -1, -1):
        if start and word[start:] in heads:
            ends[start] = (word[start:],)
            continue
        middles = range(size - SHORTEST, start + SHORTEST - 1, -1)
        found = [
            (word[start:middle], *ends[middle])
            for middle in middles
            if middle in ends and word[start:middle] in modifiers
        ]
        if found and len(best := min(found, key=len)) <= MOST_PARTS:
            ends[start] = best
    return ends.get(0, ())
