"""Answers a question: one query counts everything, one reads the page, one the map."""

from collections.abc import Iterable
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from django.db import connections, router
from django.utils import timezone

from regiokit.places.domain import EARTH_RADIUS_KM, Point, bounding_box
from regiokit.search.contract import Beyond, MapPoint, Reach, SearchQuery, SearchSource
from regiokit.search.engines import Answer, Found
from regiokit.search.engines.database.matching import excluded, matching
from regiokit.search.engines.database.state import live_generation
from regiokit.search.engines.database.tally import Tally
from regiokit.search.models import SearchEntry
from regiokit.search.question import Question
from regiokit.search.scores import DISTANCE_WEIGHT, FRESH, NEAR_KM, WORD_WEIGHT

MAP_LIMIT = 500
BEYOND = {Beyond.NONE: (), Beyond.AREA: (Reach.AREA,), Beyond.ALL: (Reach.AREA, Reach.ANYWHERE)}


def answer(source: SearchSource, query: SearchQuery, question: Question, *, deadline: float | None = None) -> Answer:
    """Return the page of `query` and all counts. The database has a deadline of its own."""
    asked = Asked(source, query, question)
    tally, left_out = asked.tally()
    start = (query.page - 1) * query.per_page
    return Answer(
        found=asked.page(tally, start) if start < tally.total else (),
        total=tally.total,
        matching=tally.matching,
        counts=tally.counts(),
        unplaced=left_out.total,
        points=asked.points(tally) if query.want_map else (),
    )


def sphere(lat: float, lon: float) -> tuple[float, float, float]:
    """Return the point on the unit sphere of a place in degrees."""
    phi, lam = radians(lat), radians(lon)
    return cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)


class Asked:
    """One question as SQL."""

    def __init__(self, source: SearchSource, query: SearchQuery, question: Question):
        self.source, self.query, self.question = source, query, question
        self.connection = connections[router.db_for_read(SearchEntry)]
        self.now = timezone.now()
        self.generation = live_generation(source.key, words=bool(question.terms or question.excluded))

    def tally(self) -> tuple[Tally, Tally]:
        """Count by facet values what matches words and place, and what only the wish for a place leaves out."""
        day = self.connection.ops.adapt_datefield_value
        here, left_out = (Tally(self.source, self.query, day=day) for _ in range(2))
        where, params = self._matching(everywhere=True)
        place, place_params = self._place()
        inside = f"(CASE WHEN {place} THEN 1 ELSE 0 END)" if place else "1"
        flags, flag_params = here.flags_sql()
        # SQLite sorts rows to group them, which takes longer than to read them all: nothing travels there.
        counted, grouped = ("1", "") if self.connection.vendor == "sqlite" else ("COUNT(*)", " GROUP BY 1, 2, 3")
        sql = f"SELECT {inside}, e.combination_id, {flags}, {counted} {where}{grouped}"
        rows = self._rows(sql, [*place_params, *flag_params, *params])
        here.read(row for row in rows if row[0])
        left_out.read(row for row in rows if not row[0])
        return here, left_out

    def page(self, tally: Tally, start: int) -> tuple[Found, ...]:
        """Return the entries of the page that begins at `start`, in order."""
        where, params = self._matching()
        chosen, chosen_params = tally.selection()
        distance, distance_params = self._distance()
        order, order_params = self._order()
        points = "m.points" if self.question.terms else "0"
        sql = f"SELECT e.object_id, {distance} AS chord, {points} {where}{chosen} ORDER BY {order} LIMIT %s OFFSET %s"
        every = [*distance_params, *params, *chosen_params, *order_params, self.query.per_page, start]
        return tuple(
            Found(object_id, _kilometres(chord), points) for object_id, chord, points in self._rows(sql, every)
        )

    def points(self, tally: Tally) -> tuple[MapPoint, ...]:
        """Return the places of the matches, at most 500."""
        where, params = self._matching()
        chosen, chosen_params = tally.selection()
        sql = f"SELECT e.lat, e.lon, e.title, e.object_id, e.slug, e.ags {where}{chosen} AND e.lat IS NOT NULL"
        rows = self._rows(f"{sql} ORDER BY e.object_id LIMIT {MAP_LIMIT}", [*params, *chosen_params])
        return tuple(MapPoint(*row) for row in rows)

    def _matching(self, *, everywhere: bool = False) -> tuple[str, list]:
        """FROM and WHERE of the entries that match words and place; `everywhere`: also of those without any place."""
        words, params = matching(self.question)
        sql = "FROM regiokit_searchentry e WHERE"
        if words:
            # CROSS JOIN: SQLite keeps this order, so that it looks at no entry that has none of the words.
            sql = f"FROM ({words}) AS m CROSS JOIN regiokit_searchentry e WHERE m.id = e.id AND"
        sql += " e.source = %s AND e.generation = %s AND (e.visible_until IS NULL OR e.visible_until >= %s)"
        params += [self.source.key, self.generation, self.connection.ops.adapt_datefield_value(timezone.localdate())]
        without, without_params = excluded(self.question)
        if without:
            sql += f" AND e.id NOT IN ({without})"
            params += without_params
        place, place_params = self._place()
        if place and everywhere:
            place = f"({place} OR {self._placeless()})"
        return f"{sql} AND {place}" if place else sql, params + place_params

    def _place(self) -> tuple[str, list]:
        query = self.query
        if not query.placed:
            return "", []
        parts, params = [], []
        if query.ags:
            parts.append("e.ags = %s")
            params.append(query.ags)
        if query.point:
            box = bounding_box(Point(*query.point), query.radius_km)
            parts.append("e.lat >= %s AND e.lat <= %s AND e.lon >= %s AND e.lon <= %s")
            chord, chord_params = self._distance()
            parts.append(f"{chord} <= %s")
            params += [*box, *chord_params, chord_of(query.radius_km)]
        inside = f"(e.reach = '{Reach.PLACE}' AND {' AND '.join(parts)})"
        wanted = BEYOND[query.beyond]
        if wanted:
            inside = f"({inside} OR {_reaches(wanted)})"
        return inside, params

    def _placeless(self) -> str:
        """What only the wish for a place leaves out; what lies elsewhere is not among it."""
        wider = [reach for reach in (Reach.AREA, Reach.ANYWHERE) if reach not in BEYOND[self.query.beyond]]
        reaches = f" OR {_reaches(wider)}" if wider else ""
        return f"(e.reach = '{Reach.PLACE}' AND e.lat IS NULL{reaches})"

    def _distance(self) -> tuple[str, list]:
        """The squared chord between an entry and the asked place on the unit sphere: grows with the distance."""
        if not self.query.point:
            return "NULL", []
        x, y, z = sphere(*self.query.point)
        return "((e.x - %s) * (e.x - %s) + (e.y - %s) * (e.y - %s) + (e.z - %s) * (e.z - %s))", [x, x, y, y, z, z]

    def _order(self) -> tuple[str, list]:
        rest = "e.object_id DESC"
        confirmed = "e.confirmed_at DESC NULLS LAST"
        chord, params = self._distance()
        if self.query.sort == "distance" and self.query.point:
            return f"chord ASC NULLS LAST, {confirmed}, {rest}", []
        if self.query.sort == "newest":
            # Never empty (see `writing`): the index has this very order, so that a late page costs hardly more.
            return f"e.published_at DESC, {rest}", []
        score, values = ["0"], []
        if self.question.terms:
            score.append(f"m.points * {WORD_WEIGHT}")
        if self.query.point:
            score.append(f"{_steps(chord, '<', len(NEAR_KM))} * {DISTANCE_WEIGHT}")
            for kilometres in NEAR_KM:
                values += [*params, chord_of(kilometres)]
        score.append(_steps("e.confirmed_at", ">=", len(FRESH)))
        values += [self._moment(age) for age in FRESH]
        return f"({' + '.join(score)}) DESC, {confirmed}, {rest}", values

    def _moment(self, age: timedelta):
        return self.connection.ops.adapt_datetimefield_value(self.now - age)

    def _rows(self, sql: str, params: list) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()


def _reaches(wanted: Iterable[Reach]) -> str:
    return f"e.reach IN ({', '.join(repr(str(reach)) for reach in wanted)})"


def _steps(sql: str, comparison: str, steps: int) -> str:
    """Return SQL of a number: `steps` for the first comparison that holds, one less for each further one, else 0."""
    cases = " ".join(f"WHEN {sql} {comparison} %s THEN {points}" for points in range(steps, 0, -1))
    return f"(CASE {cases} ELSE 0 END)"


def chord_of(kilometres: float) -> float:
    """Return the squared chord on the unit sphere that so many km on the ground are."""
    return (2 * sin(min(kilometres / EARTH_RADIUS_KM, radians(180)) / 2)) ** 2


def _kilometres(chord: float | None) -> float | None:
    return None if chord is None else 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord) / 2))
