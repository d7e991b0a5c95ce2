"""Sets of facet values: stored once, remembered by the process, added up as one number.

Each value that a process has met has a lane of 32 bits in a whole number of Python; a set is the number with a 1 in the
lanes of its values. The sum of such numbers holds all counts of all facets, for the price of one addition an entry.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from threading import Lock

from regiokit.search.contract import UNKNOWN, SearchSource
from regiokit.search.models import SearchCombination
from regiokit.search.parts import batched

MOST_REMEMBERED = 200_000
LANE_BITS = 32
LANE = (1 << LANE_BITS) - 1
_remembered: dict[tuple, dict[int, int]] = {}
_places: dict[tuple[str, str], dict[str, int]] = {}
_used = 0
_one_at_a_time = Lock()


def number(source: str, facets: Mapping[str, Iterable[str]]) -> int:
    """Return the number of a set of values: made of the values, so that every process finds the same (63 bits)."""
    canonical = json.dumps([source, _sorted(facets)], sort_keys=True, ensure_ascii=False)
    return int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:8]) >> 1


def store(source: str, sets: Iterable[Mapping[str, Iterable[str]]]) -> None:
    """Store those of these sets that are new."""
    rows = {number(source, facets): _sorted(facets) for facets in sets}
    new = [SearchCombination(pk=pk, source=source, facets=facets) for pk, facets in rows.items()]
    SearchCombination.objects.bulk_create(new, ignore_conflicts=True)


def lanes(source: SearchSource, numbers: set[int]) -> dict[int, int]:
    """Return these sets as lanes; one query for those that this process has not met yet."""
    # Whoever asks for fewer facets (monitoring, the search over everything) must not leave gaps for the others.
    facets = tuple((facet.name, facet.unknown) for facet in source.facets)
    remembered = _remembered.setdefault((source.key, facets), {})
    if len(remembered) > MOST_REMEMBERED:
        # A new one: others may still read the old one.
        remembered = _remembered[source.key, facets] = {}
    missing = numbers - remembered.keys()
    if missing:
        for part in batched(sorted(missing), 5000):
            for pk, values in SearchCombination.objects.filter(pk__in=part).values_list("pk", "facets"):
                remembered[pk] = sum(lane(source, name, value) for name, value in _values(source, values))
    return remembered


def lane(source: SearchSource, facet: str, value: str) -> int:
    """Return the number with a 1 in the lane of this value."""
    global _used
    places = _places.setdefault((source.key, facet), {})
    if value not in places:
        with _one_at_a_time:
            if value not in places:
                places[value] = _used
                _used += 1
    return 1 << places[value] * LANE_BITS


def unpack(source: SearchSource, facet: str, total: int) -> dict[str, int]:
    """Return what stands in the lanes of this facet's values."""
    places = _places.get((source.key, facet), {})
    return {value: total >> place * LANE_BITS & LANE for value, place in places.items()}


def _values(source: SearchSource, facets: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    for facet in source.facets:
        for value in facets.get(facet.name) or ([UNKNOWN] if facet.unknown else []):
            yield facet.name, value


def _sorted(facets: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {name: sorted(set(values)) for name, values in sorted(facets.items()) if values}
