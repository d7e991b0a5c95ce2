"""The contract between a plugin, an engine and the faces of a result (page, JSON, map)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class WrongParameter(ValueError):
    """A parameter of the question has a value that cannot be answered.

    `parameter` is its name as it stands in the address, `message` a German sentence that says how to mend it.
    """

    def __init__(self, parameter: str, message: str):
        super().__init__(f"{parameter}: {message}")
        self.parameter, self.message = parameter, str(message)


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One group of filters. `name` is the parameter; `labels` a callable that returns value -> German label, in order.

    `live`: for what changes by the minute ("open now") a callable `() -> {value: set of object ids}` instead of stored
    values.
    """

    name: str
    label: str
    labels: Callable[[], Mapping[str, str]]
    live: Callable[[], Mapping[str, set[int]]] | None = None


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """What an engine stores of one live entry. `lat`, `lon` in degrees (WGS 84) or None; times in UTC."""

    object_id: int
    title: str
    slug: str
    organisation: str = ""
    text: str = ""
    ags: str = ""
    lat: float | None = None
    lon: float | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published_at: datetime | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """What a plugin offers to search.

    `key` is stable ("ehrenamt.offer"); `label` the German plural; `documents` yields the documents of the given ids, or
    of all live entries for None, and nothing for entries that are not live; `load` returns {id: object} with everything
    a card needs in a fixed number of queries; `url` gives the address of an entry from id and slug; `list_url` is the
    URL name of the list that takes the same parameters.
    """

    key: str
    label: str
    documents: Callable[[Iterable[int] | None], Iterator[SearchDocument]]
    load: Callable[[list[int]], Mapping[int, Any]]
    url: Callable[[int, str], str]
    list_url: str
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """A checked question. `point` is (lat, lon), `radius_km` in km, `facets` maps facet names to the selected values."""

    text: str = ""
    ags: str = ""
    point: tuple[float, float] | None = None
    radius_km: float = 10
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    per_page: int = 20
    want_map: bool = False


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet with the number of entries it would show; its own facet's selection does not count."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class CountedFacet:
    """A facet with the counts for one question."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Hit:
    """One found entry: `object` is what the source loaded, `distance_km` None without a place."""

    object_id: int
    object: Any
    distance_km: float | None


@dataclass(frozen=True)
class MapPoint:
    """A found entry with a place, for the map: all of the result, not only of the page."""

    lat: float
    lon: float
    title: str
    url: str
    ags: str


@dataclass(frozen=True)
class SearchResult:
    """The answer. `pages` is at least 1; `unplaced` counts matches without a place that a place filter left out."""

    query: SearchQuery
    hits: tuple[Hit, ...]
    total: int
    pages: int
    facets: tuple[CountedFacet, ...]
    points: tuple[MapPoint, ...] = ()
    unplaced: int = 0
    engine: str = ""
    degraded: bool = False
