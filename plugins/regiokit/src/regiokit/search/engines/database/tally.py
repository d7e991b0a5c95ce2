"""Adds up facets: the database counts entries by combination of values, this finds what each value would show."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from regiokit.search.contract import UNKNOWN, Facet, SearchQuery, SearchSource
from regiokit.search.engines.database import combinations


class Tally:
    """The matches of a question by facet values, and with them every count and the chosen facets as SQL.

    What changes by the day or the minute (`Facet.ranges`, `Facet.live`) is no stored value: it comes as flags, one column
    each beside the combination.
    """

    def __init__(self, source: SearchSource, query: SearchQuery, *, day: Callable[[date], Any]):
        self.source, self.query, self._day = source, query, day
        self.flags: list[tuple[str, list]] = []
        self._flag_of: dict[tuple[str, str], int] = {}
        self._groups: list[tuple[dict[str, set[str]], int, int]] = []
        for facet in source.facets:
            self._add_flags(facet)

    @property
    def flag_numbers(self) -> str:
        """The flags' columns for GROUP BY."""
        return "".join(f", {number + 2}" for number in range(len(self.flags)))

    def read(self, rows: Iterable[tuple]) -> None:
        """Take the rows (combination, flags..., number of entries)."""
        rows = list(rows)
        facets = combinations.load(row[0] for row in rows)
        for number, *flags, entries in rows:
            values = {facet.name: self._values(facet, facets[number], flags) for facet in self.source.facets}
            self._groups.append((values, number, entries))

    @property
    def total(self) -> int:
        """How many entries match everything."""
        return sum(entries for values, _number, entries in self._groups if not self._missed(values))

    def counts(self) -> dict[str, Counter]:
        """Return facet -> value -> entries; a facet's own selection does not count."""
        counts: dict[str, Counter] = {facet.name: Counter() for facet in self.source.facets}
        for values, _number, entries in self._groups:
            missed = self._missed(values)
            for name in counts.keys() if not missed else missed if len(missed) == 1 else ():
                for value in values[name]:
                    counts[name][value] += entries
        return counts

    def selection(self) -> tuple[str, list]:
        """Return SQL and parameters, beginning with AND, of the chosen facets."""
        sql, params = "", []
        for facet in self.source.facets:
            chosen = self.query.facets.get(facet.name)
            if not chosen:
                continue
            stored = {
                number
                for values, number, _entries in self._groups
                if values[facet.name] & (chosen - self._unstored(facet))
            }
            parts = [f"e.combination_id IN ({', '.join(map(str, sorted(stored)))})"] if stored else []
            for value in sorted(chosen & self._unstored(facet)):
                flag, values = self.flags[self._flag_of[facet.name, value]]
                parts.append(f"{flag} = 1")
                params += values
            sql += f" AND ({' OR '.join(parts) or '1 = 0'})"
        return sql, params

    def _missed(self, values: dict[str, set[str]]) -> list[str]:
        """Return the facets whose selection leaves these values out."""
        return [
            name
            for name, chosen in self.query.facets.items()
            if chosen and name in values and not values[name] & chosen
        ]

    def _values(self, facet: Facet, stored: dict[str, list[str]], flags: list[int]) -> set[str]:
        values = set(stored.get(facet.name, ()))
        if facet.unknown and not values:
            values.add(UNKNOWN)
        return values | {value for value in self._unstored(facet) if flags[self._flag_of[facet.name, value]]}

    def _unstored(self, facet: Facet) -> set[str]:
        return {value for name, value in self._flag_of if name == facet.name}

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
