"""Adds up facets: the database counts entries by combination of values, this finds what each value would show."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from regiokit.search.contract import Facet, SearchQuery, SearchSource
from regiokit.search.engines.database import combinations


class Tally:
    """The matches of a question by facet values, and with them every count and the chosen facets as SQL.

    What changes by the day or the minute (`Facet.ranges`, `Facet.live`) is no stored value: it comes as flags, a bit
    each of a number beside the combination. Counts of all values are added at once, as `combinations.lanes` packs them.
    """

    def __init__(self, source: SearchSource, query: SearchQuery, *, day: Callable[[date], Any]):
        self.source, self.query, self._day = source, query, day
        self.flags: list[tuple[str, list]] = []
        self._flag_of: dict[tuple[str, str], int] = {}
        self._groups: Counter[tuple[int, int]] = Counter()
        self.total = 0
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

    def read(self, rows: Iterable[tuple[int, int, int, int]]) -> None:
        """Take the rows (anything, combination, flags, number of entries); the same pair may come several times."""
        groups: Counter[tuple[int, int]] = Counter()
        for _inside, number, flags, entries in rows:
            groups[number, flags] += entries
        self._groups = groups
        numbers = {number for number, _flags in groups}
        remembered = combinations.lanes(self.source, numbers)
        # What the process remembers may be let go while this answer is still being made.
        self._lanes = {number: remembered[number] for number in numbers}
        self._flagged = {flags: self._lanes_of(flags) for flags in {flags for _number, flags in groups}}
        self._add_up()

    @property
    def matching(self) -> int:
        """How many entries match words and place, whatever facets are chosen."""
        return self._groups.total()

    def counts(self) -> dict[str, Mapping[str, int]]:
        """Return facet -> value -> entries; a facet's own selection does not count."""
        return {
            facet.name: combinations.unpack(self.source, facet.name, self._inside + self._missed.get(facet.name, 0))
            for facet in self.source.facets
        }

    def _add_up(self) -> None:
        """Add the lanes of what is inside all selections, and of what a single one leaves out."""
        inside, missed = self._sifted() if self._masks else (self._groups, {})
        self.total = inside.total()
        self._inside = self._sum(inside)
        self._missed = {name: self._sum(groups) for name, groups in missed.items()}

    def _sifted(self) -> tuple[Counter[tuple[int, int]], dict[str, Counter[tuple[int, int]]]]:
        """Return the groups that are inside all selections, and by facet those that its selection alone leaves out."""
        inside: Counter[tuple[int, int]] = Counter()
        missed: dict[str, Counter[tuple[int, int]]] = {name: Counter() for name in self._masks}
        for group, entries in self._groups.items():
            lanes = self._lanes[group[0]] + self._flagged[group[1]]
            outside = [name for name, mask in self._masks.items() if not lanes & mask]
            if not outside:
                inside[group] = entries
            elif len(outside) == 1:
                missed[outside[0]][group] = entries
        return inside, missed

    def _sum(self, groups: Counter[tuple[int, int]]) -> int:
        """Return the sum of the lanes of these groups: flags are few, so they are counted before they are added."""
        flags: Counter[int] = Counter()
        stored = 0
        for (number, flag), entries in groups.items():
            flags[flag] += entries
            stored += self._lanes[number] * entries
        return stored + sum(self._flagged[flag] * entries for flag, entries in flags.items())

    def selection(self) -> tuple[str, list]:
        """Return SQL and parameters, beginning with AND, of the chosen facets."""
        sql, params = "", []
        for name in self._masks:
            unstored = {value for facet, value in self._flag_of if facet == name}
            chosen = self.query.facets[name]
            mask = sum(combinations.lane(self.source, name, value) for value in chosen - unstored)
            stored = {number for number, _flags in self._groups if self._lanes[number] & mask}
            parts = [f"e.combination_id IN ({', '.join(map(str, sorted(stored)))})"] if stored else []
            for value in sorted(chosen & unstored):
                flag, values = self.flags[self._flag_of[name, value]]
                parts.append(f"{flag} = 1")
                params += values
            sql += f" AND ({' OR '.join(parts) or '1 = 0'})"
        return sql, params

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
