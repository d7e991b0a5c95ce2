"""Takes compounds apart: "Rettungsschwimmer" into "rettungs" and "schwimmer", by words that are known to be parts."""

from collections.abc import Mapping

SHORTEST = 3
"""Letters of the shortest part; which words of three letters may be parts stands in words/own.txt."""
MOST_PARTS = 5


def split(word: str, *, modifiers: Mapping[str, int], heads: Mapping[str, int]) -> tuple[str, ...]:
    """Return the parts of a folded `word` in order, joints included, or nothing when it is no compound.

    All of the word must be covered: modifiers, then one head; both map a form to how common it is in compounds. The
    fewest parts win, then the most common ones: "arbeits-orte", not "arbeit-sorte".
    """
    size = len(word)
    ends: dict[int, tuple[int, int, tuple[str, ...]]] = {}
    for start in range(size - SHORTEST, -1, -1):
        if start and word[start:] in heads:
            ends[start] = (1, -heads[word[start:]], (word[start:],))
            continue
        found = [
            (
                ends[middle][0] + 1,
                ends[middle][1] - modifiers[word[start:middle]],
                (word[start:middle], *ends[middle][2]),
            )
            for middle in range(start + SHORTEST, size - SHORTEST + 1)
            if middle in ends and word[start:middle] in modifiers
        ]
        if found and min(found)[0] <= MOST_PARTS:
            ends[start] = min(found)
    return ends[0][2] if 0 in ends else ()
