"""Adds up facets: the database names the combination of values of each match, this finds what each value would show."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import compress
from operator import add, and_, mul
from typing import Any

from regiokit.search.contract import Facet, SearchQuery, SearchSource
from regiokit.search.engines.database import combinations


class Tally:
    """The matches of a question by facet values, and with them every count and who is inside the chosen facets.

    What changes by the day or the minute (`Facet.ranges`, `Facet.live`) is no stored value: it comes as flags, a bit
    each of a number beside the combination. Counts of all values are added at once, as `combinations.lanes` packs them.
    """

    def __init__(self, source: SearchSource, query: SearchQuery, *, day: Callable[[date], Any]):
        self.source, self.query, self._day = source, query, day
        self.flags: list[tuple[str, list]] = []
        self._flag_of: dict[tuple[str, str], int] = {}
        self.matching = self.total = 0
        for facet in source.facets:
            self._add_flags(facet)
        self._masks = {
            name: sum(combinations.lane(source, name, value) for value in chosen)
            for name, chosen in query.facets.items()
            if chosen and any(facet.name == name for facet in source.facets)
        }

    def flags_sql(self) -> tuple[str, list]:
        """Return SQL and parameters of one number with a bit for each flag."""
        bits = (f"{sql} * {1 << place}" for place, (sql, _values) in enumerate(self.flags))
        return " + ".join(bits) or "0", [value for _sql, values in self.flags for value in values]

    def read(self, numbers: Sequence[int], flags: Sequence[int], entries: Sequence[int] | None = None) -> list[bool]:
        """Take the rows by column: combination, flags, number of entries (None: one each).

        Return by row whether it is inside all chosen facets. The rows are let go afterwards.
        """
        # What the process remembers is replaced, never emptied, while this answer is being made.
        self._lanes = combinations.lanes(self.source, set(numbers))
        self._flagged = {flag: self._lanes_of(flag) for flag in set(flags)}
        lanes = list(map(self._lanes.__getitem__, numbers))
        self._numbers = frozenset(numbers) if self._masks else frozenset()
        outside = {name: self._outside(name, lanes, flags) for name in self._masks}
        misses = [0] * len(lanes)
        for away in outside.values():
            misses = list(map(add, misses, away))
        inside = [not number for number in misses]
        self.matching = len(lanes) if entries is None else sum(entries)
        self.total = sum(inside if entries is None else compress(entries, inside))
        columns = (lanes if entries is None else list(map(mul, lanes, entries)), flags, entries)
        self._inside = self._sum(inside, *columns)
        alone = [number == 1 for number in misses]
        self._missed = {name: self._sum(map(and_, away, alone), *columns) for name, away in outside.items()}
        return inside

    def counts(self) -> dict[str, Mapping[str, int]]:
        """Return facet -> value -> entries; a facet's own selection does not count."""
        return {
            facet.name: combinations.unpack(self.source, facet.name, self._inside + self._missed.get(facet.name, 0))
            for facet in self.source.facets
        }

    def selects(self) -> bool:
        """Whether any facet is chosen."""
        return bool(self._masks)

    def has(self, number: int, flags: int) -> bool:
        """Return whether a group is inside all chosen facets; an unknown one, which came after the counting, is not."""
        lanes = self._lanes.get(number, 0) + self._flagged.get(flags, 0)
        return all(lanes & mask for mask in self._masks.values())

    def selection(self) -> tuple[str, list]:
        """Return SQL and parameters, beginning with AND, of the chosen facets."""
        sql, params = "", []
        for name, stored in self._stored.items():
            parts = [f"e.combination_id IN ({', '.join(map(str, stored))})"] if stored else []
            for value in sorted(self.query.facets[name] & self._unstored(name)):
                flag, values = self.flags[self._flag_of[name, value]]
                parts.append(f"{flag} = 1")
                params += values
            sql += f" AND ({' OR '.join(parts) or '1 = 0'})"
        return sql, params

    def _outside(self, name: str, lanes: Sequence[int], flags: Sequence[int]) -> list[bool]:
        """Return by row whether a facet's selection leaves it out."""
        mask = self._masks[name]
        away = [not lane & mask for lane in lanes]
        unflagged = {flag for flag, values in self._flagged.items() if not values & mask}
        if len(unflagged) == len(self._flagged):
            return away
        return [out and flag in unflagged for out, flag in zip(away, flags, strict=True)]

    def _sum(
        self, chosen: Iterable[bool], lanes: Sequence[int], flags: Sequence[int], entries: Sequence[int] | None
    ) -> int:
        """Return the sum of the lanes of the rows that are `chosen`: flags are few, so they are counted first."""
        chosen = list(chosen)
        counted = Counter(compress(flags, chosen))
        if entries is not None:
            counted = Counter()
            for flag, number in zip(compress(flags, chosen), compress(entries, chosen), strict=True):
                counted[flag] += number
        return sum(compress(lanes, chosen)) + sum(self._flagged[flag] * number for flag, number in counted.items())

    @cached_property
    def _stored(self) -> dict[str, list[int]]:
        """By chosen facet the combinations that have one of the chosen values that are stored."""
        masks = {
            name: sum(
                combinations.lane(self.source, name, value) for value in self.query.facets[name] - self._unstored(name)
            )
            for name in self._masks
        }
        return {
            name: sorted(number for number in self._numbers if self._lanes[number] & mask)
            for name, mask in masks.items()
        }

    def _unstored(self, name: str) -> set[str]:
        return {value for facet, value in self._flag_of if facet == name}

    def _lanes_of(self, flags: int) -> int:
        """Return the lanes of the values whose bits are set."""
        return sum(
            combinations.lane(self.source, name, value)
            for (name, value), bit in self._flag_of.items()
            if flags >> bit & 1
        )

    def _add_flags(self, facet: Facet) -> None:
        for value, ids in (facet.live() if facet.live else {}).items():
            inside = f"e.object_id IN ({', '.join(map(str, sorted(ids)))})" if ids else "1 = 0"
            self._add_flag(facet, value, inside, [])
        for value, (first, last) in (facet.ranges() if facet.ranges else {}).items():
            overlaps = "(e.starts_on IS NULL OR e.starts_on <= %s) AND (e.ends_on IS NULL OR e.ends_on >= %s)"
            # An entry without a period has neither day, so that it is always inside.
            self._add_flag(facet, value, overlaps, [self._day(last), self._day(first)])

    def _add_flag(self, facet: Facet, value: str, condition: str, params: list) -> None:
        self._flag_of[facet.name, value] = len(self.flags)
        self.flags.append((f"(CASE WHEN {condition} THEN 1 ELSE 0 END)", params))
