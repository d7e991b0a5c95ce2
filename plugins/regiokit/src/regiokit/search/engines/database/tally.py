"""Adds up facets: the database counts entries by combination of values, this finds what each value would show."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from regiokit.search.contract import Facet, SearchQuery, SearchSource
from regiokit.search.engines.database import combinations


class Tally:
    """The matches of a question by facet values, and with them every count and the chosen facets as SQL.

    What changes by the day or the minute (`Facet.ranges`, `Facet.live`) is no stored value: it comes as flags, one column
    each beside the combination. Counts of all values are added at once, as `combinations.lanes` packs them.
    """

    def __init__(self, source: SearchSource, query: SearchQuery, *, day: Callable[[date], Any]):
        self.source, self.query, self._day = source, query, day
        self.flags: list[tuple[str, list]] = []
        self._flag_of: dict[tuple[str, str], int] = {}
        self._groups: list[tuple[int, int]] = []
        self.total = 0
        for facet in source.facets:
            self._add_flags(facet)
        self._masks = {
            name: sum(combinations.lane(source, name, value) for value in chosen)
            for name, chosen in query.facets.items()
            if chosen and any(facet.name == name for facet in source.facets)
        }

    @property
    def flag_numbers(self) -> str:
        """The flags' columns for GROUP BY: they stand behind two others."""
        return "".join(f", {number + 3}" for number in range(len(self.flags)))

    def read(self, rows: Iterable[tuple]) -> None:
        """Take the rows (combination, flags..., number of entries)."""
        rows = list(rows)
        lanes = combinations.lanes(self.source, {row[0] for row in rows})
        if self.flags:
            flagged = {flags: self._flagged(flags) for flags in {row[1:-1] for row in rows}}
            self._groups = [(row[0], lanes[row[0]] + flagged[row[1:-1]], row[-1]) for row in rows]
        else:
            self._groups = [(number, lanes[number], entries) for number, entries in rows]
        self._add_up()

    @property
    def matching(self) -> int:
        """How many entries match words and place, whatever facets are chosen."""
        return sum(entries for _number, _lanes, entries in self._groups)

    def counts(self) -> dict[str, Mapping[str, int]]:
        """Return facet -> value -> entries; a facet's own selection does not count."""
        return {
            facet.name: combinations.unpack(self.source, facet.name, self._inside + self._missed.get(facet.name, 0))
            for facet in self.source.facets
        }

    def _add_up(self) -> None:
        """Add the lanes of what is inside all selections, and of what a single one leaves out."""
        self._missed = dict.fromkeys(self._masks, 0)
        if not self._masks:
            self._inside = sum(lanes * entries for _number, lanes, entries in self._groups)
            self.total = sum(entries for _number, _lanes, entries in self._groups)
            return
        self._inside = 0
        for _number, lanes, entries in self._groups:
            missed = [name for name, mask in self._masks.items() if not lanes & mask]
            if not missed:
                self._inside += lanes * entries
                self.total += entries
            elif len(missed) == 1:
                self._missed[missed[0]] += lanes * entries

    def selection(self) -> tuple[str, list]:
        """Return SQL and parameters, beginning with AND, of the chosen facets."""
        sql, params = "", []
        for name in self._masks:
            unstored = {value for facet, value in self._flag_of if facet == name}
            chosen = self.query.facets[name]
            mask = sum(combinations.lane(self.source, name, value) for value in chosen - unstored)
            stored = {number for number, lanes, _entries in self._groups if lanes & mask}
            parts = [f"e.combination_id IN ({', '.join(map(str, sorted(stored)))})"] if stored else []
            for value in sorted(chosen & unstored):
                flag, values = self.flags[self._flag_of[name, value]]
                parts.append(f"{flag} = 1")
                params += values
            sql += f" AND ({' OR '.join(parts) or '1 = 0'})"
        return sql, params

    def _flagged(self, flags: tuple[int, ...]) -> int:
        return sum(
            combinations.lane(self.source, name, value) for (name, value), flag in self._flag_of.items() if flags[flag]
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
