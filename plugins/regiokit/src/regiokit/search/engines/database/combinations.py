"""Sets of facet values: stored once, remembered by the process, evaluated in Python."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from regiokit.search.models import SearchCombination
from regiokit.search.parts import batched

MOST_REMEMBERED = 200_000
_remembered: dict[int, dict[str, list[str]]] = {}


def number(source: str, facets: Mapping[str, Iterable[str]]) -> int:
    """Return the number of a set of values: made of the values, so that every process finds the same (63 bits)."""
    canonical = json.dumps([source, _sorted(facets)], sort_keys=True, ensure_ascii=False)
    return int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:8]) >> 1


def store(source: str, sets: Iterable[Mapping[str, Iterable[str]]]) -> None:
    """Store those of these sets that are new."""
    rows = {number(source, facets): _sorted(facets) for facets in sets}
    new = [SearchCombination(pk=pk, source=source, facets=facets) for pk, facets in rows.items()]
    SearchCombination.objects.bulk_create(new, ignore_conflicts=True)


def load(numbers: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    """Return the values of these sets; one query for those that this process has not seen yet."""
    numbers = set(numbers)
    missing = numbers - _remembered.keys()
    if missing:
        if len(_remembered) > MOST_REMEMBERED:
            _remembered.clear()
            missing = numbers
        for part in batched(sorted(missing), 5000):
            _remembered.update(SearchCombination.objects.filter(pk__in=part).values_list("pk", "facets"))
    return {pk: _remembered[pk] for pk in numbers}


def _sorted(facets: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {name: sorted(set(values)) for name, values in sorted(facets.items()) if values}
