"""Counts facets: one faceted search, whose selections come after the counting, so that each facet ignores its own."""

from functools import reduce
from operator import or_

from elasticsearch.dsl import A, FacetedSearch, Search
from elasticsearch.dsl.faceted_search import Facet as CountedFacet
from elasticsearch.dsl.query import Bool, Exists, MatchAll, MatchNone, Query, Range, Terms

from regiokit.search.contract import UNKNOWN, Facet, SearchQuery, SearchSource
from regiokit.search.engines.elastic.document import FACETS

MOST_VALUES = 1000
"""Values of one facet that are counted; the labels are far fewer."""

FLAGS = "_flags"
REST = "_rest"
MATCHING = "_matching"


class StoredFacet(CountedFacet):
    """A facet of a source: stored values, and values that are asked anew each time (`Facet.live`, `Facet.ranges`)."""

    agg_type = "terms"

    def __init__(self, facet: Facet):
        self.field, self._unknown = f"{FACETS}.{facet.name}", facet.unknown
        self.stored = facet.live is None
        self.flags = _flags(facet)
        missing = {"missing": UNKNOWN} if facet.unknown else {}
        super().__init__(field=self.field, size=MOST_VALUES, **missing)

    def add_filter(self, filter_values: list[str]) -> Query | None:
        """Return the entries that have one of these values; None for no value."""
        ways = [self.flags[value] for value in filter_values if value in self.flags]
        if stored := [value for value in filter_values if value not in self.flags]:
            ways.append(Terms(**{self.field: stored}))
        if self._unknown and UNKNOWN in filter_values:
            ways.append(~Exists(field=self.field))
        return reduce(or_, ways) if ways else None

    def flag_aggregation(self):
        """Return the count of each value that is no stored one."""
        return A("filters", filters=self.flags)


class Counting(FacetedSearch):
    """All counts of one question: the total after the selections, and each facet without its own."""

    def __init__(self, search: Search, source: SearchSource, query: SearchQuery):
        self._asked = search
        self.facets = {facet.name: StoredFacet(facet) for facet in source.facets}
        chosen = {name: sorted(values) for name, values in query.facets.items() if name in self.facets}
        super().__init__(filters=chosen)

    def search(self) -> Search:
        """Count only: no rows. The engine remembers the answer until entries change."""
        return self._asked.extra(size=0, track_total_hits=True).params(request_cache=True)

    def aggregate(self, search: Search) -> None:
        """Count the facets without selection together, each other one with the selections of the others."""
        if self._filters:
            search.aggs.bucket(MATCHING, "filter", filter=MatchAll())
        everything = self._bucket(search, REST, list(self._filters.values()))
        for name, facet in self.facets.items():
            others = [query for other, query in self._filters.items() if other != name]
            place = self._bucket(search, f"_filter_{name}", others) if name in self._filters else everything
            if facet.stored:
                place.bucket(name, facet.get_aggregation())
            if facet.flags:
                place.bucket(name + FLAGS, facet.flag_aggregation())

    def selection(self) -> list[Query]:
        """Return the chosen facets as filters."""
        return list(self._filters.values())

    def counts(self, response: dict) -> dict[str, dict[str, int]]:
        """Read facet -> value -> entries."""
        counted = response.get("aggregations", {})
        result = {}
        for name in self.facets:
            place = counted.get(f"_filter_{name}", counted) if name in self._filters else counted.get(REST, counted)
            result[name] = {row["key"]: row["doc_count"] for row in place.get(name, {}).get("buckets", ())}
            flags = place.get(name + FLAGS, {}).get("buckets", {})
            result[name] |= {value: row["doc_count"] for value, row in flags.items()}
        return result

    def matching(self, response: dict) -> int:
        """Read how many entries match words and place, whatever facets are chosen."""
        return response["aggregations"][MATCHING]["doc_count"] if self._filters else response["hits"]["total"]["value"]

    def _bucket(self, search: Search, name: str, filters: list[Query]):
        return search.aggs.bucket(name, "filter", filter=Bool(filter=filters)) if filters else search.aggs


def _flags(facet: Facet) -> dict[str, Query]:
    live = facet.live() if facet.live else {}
    flags = {value: Terms(object_id=sorted(ids)) if ids else MatchNone() for value, ids in live.items()}
    for value, (first, last) in (facet.ranges() if facet.ranges else {}).items():
        days = {"gte": first.isoformat(), "lte": last.isoformat(), "relation": "intersects"}
        # Whatever has no period is always inside: undated entries are never lost.
        flags[value] = Range(period=days) | ~Exists(field="period")
    return flags
