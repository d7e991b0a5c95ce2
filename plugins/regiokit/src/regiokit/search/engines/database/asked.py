"""One question as SQL: what matches, in which order, and the rows that are counted and shown."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connections, router
from django.utils import timezone

from regiokit.search.contract import MapPoint, SearchQuery, SearchSource
from regiokit.search.engines.database import places
from regiokit.search.engines.database.matching import excluded, matching
from regiokit.search.engines.database.state import live
from regiokit.search.engines.database.tally import Tally
from regiokit.search.models import SearchEntry
from regiokit.search.parts import batched
from regiokit.search.question import Question
from regiokit.search.scores import DISTANCE_WEIGHT, WORD_WEIGHT

MAP_LIMIT = 500
PART = 2_000
"""Entries whose places are asked for at once."""


@dataclass(frozen=True)
class Key:
    """What entries are sorted by, the greatest first. `missing`: SQL of what stands below everything, if it can be NULL.

    `column`: what Python compares, where that is something else; a moment is left as the text that SQLite keeps.
    """

    sql: str
    params: list = field(default_factory=list)
    missing: str = ""
    column: str = ""

    def order(self, *, backwards: bool = False) -> str:
        """Return the term of ORDER BY."""
        if backwards:
            return f"{self.sql} ASC{' NULLS FIRST' if self.missing else ''}"
        return f"{self.sql} DESC{' NULLS LAST' if self.missing else ''}"

    @property
    def value(self) -> str:
        """The column that Python compares, never NULL."""
        return self.column or (f"COALESCE({self.sql}, {self.missing})" if self.missing else self.sql)


OBJECT_ID = Key("e.object_id")
CONFIRMED = Key("e.confirmed_at", missing="''")
# Never empty (see `writing`): the index has this very order, so that a late page costs hardly more.
PUBLISHED = Key("e.published_at", column="e.published_at || ''")


class Asked:
    """One question to the database."""

    def __init__(self, source: SearchSource, query: SearchQuery, question: Question):
        self.source, self.query, self.question = source, query, question
        self.connection = connections[router.db_for_read(SearchEntry)]
        self.generation, self.mark = live(source.key, words=bool(question.terms or question.excluded))
        self._words, self._words_params = matching(question)
        self._place, self._place_params = places.inside(query)
        self._every, self._every_params = self._visible()

    @property
    def in_process(self) -> bool:
        """Whether rows reach this process without a way: then it may read all matches once, and pick and count itself."""
        return self.connection.vendor == "sqlite"

    @cached_property
    def tallies(self) -> tuple[Tally, Tally]:
        """Two tallies to be read: of what matches words and place, and of what only the wish for a place leaves out."""
        tally = Tally(self.source, self.query, day=self.connection.ops.adapt_datefield_value)
        return tally, copy(tally)

    def counted(self) -> tuple[str, list]:
        """Return SQL and parameters of the rows (inside the place, combination, flags, number) of everything to count."""
        flags, params = self.tallies[0].flags_sql()
        inside = f"(CASE WHEN {self._place} THEN 1 ELSE 0 END)" if self._place else "1"
        where, where_params = self._matching(everywhere=True)
        # SQLite sorts rows to group them, which takes longer than to read them all: nothing travels there.
        number, grouped = ("1", "") if self.in_process else ("COUNT(*)", " GROUP BY 1, 2, 3")
        sql = f"SELECT {inside}, e.combination_id, {flags}, {number} {where}{grouped}"
        return sql, [*self._place_params, *params, *where_params]

    def ranked(self) -> list[tuple]:
        """Return all matches in no order: three keys, combination, flags; with a place also chord and whether inside it;
        last the words' points, where they are no key.

        With a place there are also those that it leaves out. Every column counts: it is read for each match.
        """
        keys = self.order()
        columns, params = [key.value for key in keys], [value for key in keys for value in key.params]
        flags, flag_params = self.tallies[0].flags_sql()
        columns += ["e.combination_id", flags]
        params += flag_params
        if self._place:
            away, away_params = places.chord(self.query)
            columns += [away, f"(CASE WHEN {self._place} THEN 1 ELSE 0 END)"]
            params += [*away_params, *self._place_params]
        if not self._by_score:
            columns.append("m.points")
        where, where_params = self._matching(everywhere=True)
        return self.rows(f"SELECT {', '.join(columns)} {where}", [*params, *where_params])

    def page(self, chosen: tuple[str, list], start: int, *, total: int) -> list[tuple]:
        """Return (object_id, chord, points) of the page that begins at `start`, of the `total` entries that are `chosen`.

        The last pages are read from the end: nobody waits for all that lies before them.
        """
        end = min(start + self.query.per_page, total)
        backwards = total - end < start
        sql, params = self._sorted("", [], chosen, backwards=backwards)
        rows = self.rows(f"{sql} LIMIT %s OFFSET %s", [*params, end - start, total - end if backwards else start])
        return rows[::-1] if backwards else rows

    @contextmanager
    def walk(self) -> Iterator[Iterator[tuple]]:
        """Yield the rows (object_id, chord, points, combination, flags) in order, each read when it is asked for."""
        flags, params = self.tallies[0].flags_sql()
        with self.connection.cursor() as cursor:
            cursor.execute(*self._sorted(f", e.combination_id, {flags}", params, ("", [])))
            yield iter(cursor)

    def points(self, chosen: tuple[str, list]) -> tuple[MapPoint, ...]:
        """Return the places of the matches that are `chosen`, at most 500."""
        where, params = self._matching(whole_rows=True)
        return self._points(f"{where}{chosen[0]}", [*params, *chosen[1]])

    def points_of(self, object_ids: Sequence[int]) -> tuple[MapPoint, ...]:
        """Return the places of these entries, at most 500."""
        found: tuple[MapPoint, ...] = ()
        for part in batched(sorted(object_ids), PART):
            numbers = ", ".join(map(str, part))
            where = (
                f"FROM regiokit_searchentry e WHERE e.source = %s AND e.generation = %s AND e.object_id IN ({numbers})"
            )
            found += self._points(where, [self.source.key, self.generation])
            if len(found) >= MAP_LIMIT:
                break
        return found[:MAP_LIMIT]

    def order(self) -> tuple[Key, Key, Key]:
        """Return the keys of the wanted order; the last one is never the same for two entries."""
        if self._by_score:
            return self._score(), CONFIRMED, OBJECT_ID
        if self._by_distance:
            away, params = places.chord(self.query)
            return Key(f"-{away}", params, missing="-9"), CONFIRMED, OBJECT_ID
        if self.query.sort == "newest":
            return PUBLISHED, OBJECT_ID, OBJECT_ID
        return CONFIRMED, OBJECT_ID, OBJECT_ID

    def points_in(self, row: tuple) -> int:
        """Return what the words count of a row of `ranked`."""
        return row[0] // WORD_WEIGHT if self._by_score else row[-1]

    def rows(self, sql: str, params: list) -> list[tuple]:
        """Return all rows of a statement."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    @property
    def _by_distance(self) -> bool:
        return bool(self.query.sort == "distance" and self.query.point)

    @property
    def _by_score(self) -> bool:
        by_date = self.query.sort == "newest" or not (self.question.terms or self.query.point)
        return not (by_date or self._by_distance)

    def _score(self) -> Key:
        parts, params = [], []
        if self.question.terms:
            parts.append(f"m.points * {WORD_WEIGHT}")
        if self.query.point:
            sql, params = places.nearness(self.query)
            parts.append(f"{sql} * {DISTANCE_WEIGHT}")
        return Key(f"({' + '.join(parts)})", params)

    def _sorted(
        self, columns: str, column_params: list, chosen: tuple[str, list], *, backwards: bool = False
    ) -> tuple[str, list]:
        away, away_params = places.chord(self.query)
        points = "m.points" if self.question.terms else "0"
        where, params = self._matching()
        keys = self.order()
        sql = f"SELECT e.object_id, {away}, {points}{columns} {where}{chosen[0]}"
        every = [*away_params, *column_params, *params, *chosen[1], *(value for key in keys for value in key.params)]
        order = dict.fromkeys(key.order(backwards=backwards) for key in keys)
        return f"{sql} ORDER BY {', '.join(order)}", every

    def _points(self, where: str, params: list) -> tuple[MapPoint, ...]:
        sql = f"SELECT e.lat, e.lon, e.title, e.object_id, e.slug, e.ags {where} AND e.lat IS NOT NULL"
        return tuple(MapPoint(*row) for row in self.rows(f"{sql} ORDER BY e.object_id LIMIT {MAP_LIMIT}", params))

    def _matching(self, *, everywhere: bool = False, whole_rows: bool = False) -> tuple[str, list]:
        """FROM and WHERE of the entries that match words and place.

        `everywhere`: also of those that only the wish for a place leaves out; `whole_rows`: more columns are wanted than
        are compared and counted.
        """
        place = self._place
        if place and everywhere:
            place = f"({place} OR {places.left_out(self.query)})"
        sql = f"{self._from(whole_rows=whole_rows)} {self._every}{f' AND {place}' if place else ''}"
        return sql, [*self._words_params, *self._every_params, *self._place_params]

    def _from(self, *, whole_rows: bool = False) -> str:
        # An index of everything that is compared and counted: SQLite would read the rows, ten times as wide.
        narrow = self.in_process and (self._words or self._place) and not whole_rows
        entries = f"regiokit_searchentry e{' INDEXED BY regiokit_search_narrow' if narrow else ''}"
        # CROSS JOIN: SQLite keeps this order, so that it looks at no entry that has none of the words.
        return f"FROM ({self._words}) AS m CROSS JOIN {entries}" if self._words else f"FROM {entries}"

    def _visible(self) -> tuple[str, list]:
        sql = "WHERE m.id = e.id AND" if self._words else "WHERE"
        sql += " e.source = %s AND e.generation = %s AND (e.visible_until IS NULL OR e.visible_until >= %s)"
        today = self.connection.ops.adapt_datefield_value(timezone.localdate())
        params = [self.source.key, self.generation, today]
        without, without_params = excluded(self.question)
        if without:
            sql += f" AND e.id NOT IN ({without})"
        return sql, [*params, *without_params]
