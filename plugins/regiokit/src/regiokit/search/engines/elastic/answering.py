"""Answers a question in one round trip: the page, the counts, and where asked for the map and what has no place."""

from collections.abc import Sequence
from math import asin, sqrt

from elasticsearch.dsl import MultiSearch, Search
from elasticsearch.dsl.query import Bool, Exists, MatchAll, Query

from regiokit.places.domain import EARTH_RADIUS_KM
from regiokit.search.contract import MapPoint, SearchQuery, SearchSource
from regiokit.search.engines import Answer, Found
from regiokit.search.engines.database.asked import MAP_LIMIT
from regiokit.search.engines.database.places import sphere
from regiokit.search.engines.elastic import places
from regiokit.search.engines.elastic.breaker import Breaker
from regiokit.search.engines.elastic.client import client, translated
from regiokit.search.engines.elastic.counting import Counting
from regiokit.search.engines.elastic.index import WINDOW, alias, require
from regiokit.search.engines.elastic.late_pages import LATE, LatePage
from regiokit.search.engines.elastic.matching import STEP, excluded, matching
from regiokit.search.question import Question

breaker = Breaker()


def answer(source: SearchSource, query: SearchQuery, question: Question, *, deadline: float | None = None) -> Answer:
    """Return the page of `query` and all counts, or raise `EngineDown` at the moment `deadline` (`time.monotonic`)."""
    with breaker.passing(), translated():
        require(source, deadline=deadline)
        found = Asked(source, query, question).answer(deadline)
        if not found.matching:
            # Nothing found, or nothing there?
            require(source, deadline=deadline, anew=True)
        return found


class Asked:
    """One question as searches of Elasticsearch."""

    def __init__(self, source: SearchSource, query: SearchQuery, question: Question):
        self.source, self.query, self.question = source, query, question
        self.words = matching(question)
        self.counting = Counting(self._search(self._matches(scored=False)), source, query)
        self.start = (query.page - 1) * query.per_page

    def answer(self, deadline: float) -> Answer:
        """Ask everything at once."""
        late = self._late_page()
        searches = {"counts": self.counting._s, "page": self.page(late), "weeks": late and late.weeks}
        if self.query.placed:
            searches["unplaced"] = self.unplaced()
        if self.query.want_map:
            searches["points"] = self.points()
        said = self._said(searches, deadline)
        if late and (late.changed(said["weeks"]) or "page" not in said):
            said |= self._said({"page": self.page(late)}, deadline)
        return Answer(
            found=tuple(map(self._found, _rows(said.get("page")))),
            total=_total(said["counts"]),
            matching=self.counting.matching(said["counts"]),
            counts=self.counting.counts(said["counts"]),
            unplaced=_total(said["unplaced"]) if "unplaced" in said else 0,
            points=tuple(map(self._point, _rows(said.get("points")))),
        )

    def _said(self, searches: dict[str, Search | None], deadline: float) -> dict[str, dict]:
        asked = {name: search for name, search in searches.items() if search}
        if not asked:
            return {}
        every = MultiSearch(using=client(deadline=deadline), index=alias(self.source.key))
        # Hundreds of weeks are read by their first moment, not as days in words.
        every = every.params(filter_path="-**.key_as_string")
        for search in asked.values():
            every = every.add(search)
        return {name: said.to_dict() for name, said in zip(asked, every.execute(), strict=True)}

    def page(self, late: LatePage | None = None) -> Search | None:
        """The rows of the page, in order; nothing is read of them but what they are sorted by."""
        start, skipped = (self.start - late.number, late.skipped) if late else (self.start, [])
        if start + self.query.per_page > WINDOW:
            return None
        matches = self._matches(scored=True, filters=self.counting.selection(), without=skipped)
        search = self._search(matches).sort(*self._order())[start : start + self.query.per_page]
        if self.query.point:
            search = search.extra(docvalue_fields=["lat", "lon"])
        # Who sorts by something else still says what the words count.
        scores = {"track_scores": True} if self.words and not self._by_relevance else {}
        return search.extra(track_total_hits=False, stored_fields="_none_", **scores)

    def points(self) -> Search:
        """The places of the matches, at most 500."""
        here = [*self.counting.selection(), Exists(field="point")]
        search = self._search(self._matches(scored=False, filters=here)).sort("object_id")[:MAP_LIMIT]
        fields = ["lat", "lon", "heading", "slug", "ags"]
        return search.extra(track_total_hits=False, stored_fields="_none_", docvalue_fields=fields)

    def unplaced(self) -> Search:
        """The number of matches that only the wish for a place left out."""
        filters = [places.left_out(self.query), *self.counting.selection()]
        search = self._search(self._matches(scored=False, placed=False, filters=filters))
        return search.extra(size=0, track_total_hits=True).params(request_cache=True)

    def _search(self, query: Query) -> Search:
        # An answer without some of the shards would be a wrong one.
        return Search().query(query).params(allow_partial_search_results=False)

    def _matches(
        self, *, scored: bool, placed: bool = True, filters: Sequence[Query] = (), without: Sequence[Query] = ()
    ) -> Query:
        """Entries that match words and place and every filter, less `without`; `scored` by words and by distance."""
        filters = list(filters)
        if placed and (inside := places.inside(self.query)):
            filters.append(inside)
        scores = [self.words] if self.words else []
        bands = []
        if not scored:
            filters, scores = filters + scores, []
        elif self.query.point and self._by_relevance:
            # Without words nothing is required of the score: far away is still found.
            scores, bands = scores or [MatchAll(boost=0)], [places.bands(self.query)]
        without = [places.hidden(), *excluded(self.question), *without]
        return Bool(must=scores, should=bands, filter=filters, must_not=without)

    @property
    def _by_relevance(self) -> bool:
        return self.query.sort != "newest" and not self._by_distance

    @property
    def _by_distance(self) -> bool:
        return bool(self.query.sort == "distance" and self.query.point)

    def _late_page(self) -> LatePage | None:
        """A page far behind in a list that a date sorts before anything else."""
        dated = "published_at" if self.query.sort == "newest" else "confirmed_at"
        scored = self._by_distance or (self._by_relevance and (self.words or self.query.point))
        if scored or self.start < LATE:
            return None
        search = self._search(self._matches(scored=False, filters=self.counting.selection()))
        return LatePage(search, name=alias(self.source.key), dated=dated, start=self.start)

    def _order(self) -> list:
        """The same order as the database's; freshness is no part of the score, for equals go by its date anyway."""
        last = {"object_id": {"order": "desc"}}
        confirmed = {"confirmed_at": {"order": "desc", "missing": "_last"}}
        if self.query.sort == "newest":
            return [{"published_at": {"order": "desc", "missing": "_last"}}, last]
        if self._by_distance:
            lat, lon = self.query.point
            return [
                {"_geo_distance": {"point": {"lat": lat, "lon": lon}, "order": "asc", "unit": "km"}},
                confirmed,
                last,
            ]
        return [*(["_score"] if self.words or self.query.point else []), confirmed, last]

    def _found(self, row: dict) -> Found:
        points = 0
        if self.words:
            points = int(row["sort"][0] if self._by_relevance else row["_score"]) // STEP
        return Found(row["sort"][-1], self._kilometres(row.get("fields", {})), points)

    def _kilometres(self, fields: dict) -> float | None:
        """The distance as the database measures it, to the last digit."""
        if not self.query.point or "lat" not in fields:
            return None
        there = sphere(fields["lat"][0], fields["lon"][0])
        chord = sum((a - b) ** 2 for a, b in zip(there, sphere(*self.query.point), strict=True))
        return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord) / 2))

    def _point(self, row: dict) -> MapPoint:
        lat, lon, title, slug, ags = (
            row["fields"].get(name, [""])[0] for name in ("lat", "lon", "heading", "slug", "ags")
        )
        return MapPoint(lat, lon, title, row["sort"][0], slug, ags)


def _rows(response: dict | None) -> list[dict]:
    return response["hits"]["hits"] if response else []


def _total(response: dict) -> int:
    return response["hits"]["total"]["value"]
