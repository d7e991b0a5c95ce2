"""The contract between a plugin, an engine and the faces of a result (page, JSON, feeds, map)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import ngettext

UNKNOWN = "unknown"
"""The value of a facet for entries of which nothing is known there ("nicht bekannt")."""


class Reach(StrEnum):
    """Where an entry applies: at its point, in the whole county, or anywhere (online)."""

    PLACE = "place"
    AREA = "area"
    ANYWHERE = "anywhere"


class Beyond(StrEnum):
    """Which entries without a place of their own a question about a place wants as well."""

    NONE = "none"
    AREA = "area"
    ALL = "all"


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
    values. `ranges`: for what changes by the day ("until Sunday") a callable `() -> {value: (first, last)}` of local
    days, both included; such a value matches entries whose period overlaps and entries without a period, so that undated
    ones are never lost; the facet's other values are stored. `unknown`: entries without a value have the value
    "unknown". `hint`: a German sentence under the label.
    """

    name: str
    label: str
    labels: Callable[[], Mapping[str, str]]
    live: Callable[[], Mapping[str, set[int]]] | None = None
    ranges: Callable[[], Mapping[str, tuple[date, date]]] | None = None
    unknown: bool = False
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """What an engine stores of one live entry. `lat`, `lon` in degrees (WGS 84) or None; times in UTC, days local.

    `title`, `organisation` and `text` are searched, in this order of weight. `period`: first and last day on which it
    takes place, None for an open end, or no period at all. `visible_until`: the last day on which it may be found.
    `suggestions`: (kind, words) beside the title and the organisation, for example ("cause", "Kultur und Musik").
    """

    object_id: int
    title: str
    slug: str
    organisation: str = ""
    text: str = ""
    ags: str = ""
    lat: float | None = None
    lon: float | None = None
    reach: Reach = Reach.PLACE
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: tuple[date | None, date | None] | None = None
    visible_until: date | None = None
    published_at: datetime | None = None
    confirmed_at: datetime | None = None
    suggestions: tuple[tuple[str, str], ...] = ()


def _news(number: int) -> str:
    return ngettext("%(number)s neuer Eintrag", "%(number)s neue Einträge", number) % {"number": number}


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """What a plugin offers to search.

    `key` is stable ("ehrenamt.offer"); `label` the German plural; `documents` yields the documents of the given ids, or
    of all live entries for None, in bounded memory, and nothing for entries that are not live; `load` returns
    {id: object} with everything a card needs in a fixed number of queries; `url` gives the address of an entry from id
    and slug; `list_url` is the URL name of the list that takes the same parameters; `text` returns the words of a loaded
    object in which the page shows what was found, in one string; `news` says how many new ones there are
    ("2 neue Angebote").
    """

    key: str
    label: str
    documents: Callable[[Iterable[int] | None], Iterator[SearchDocument]]
    load: Callable[[list[int]], Mapping[int, Any]]
    url: Callable[[int, str], str]
    list_url: str
    facets: tuple[Facet, ...] = ()
    text: Callable[[Any], str] = lambda found: ""
    news: Callable[[int], str] = _news

    def __hash__(self):
        # Every page looks something up by its source; hashing all of it would translate every label.
        return hash(self.key)


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """A checked question. `point` is (lat, lon), `radius_km` in km, `facets` maps facet names to the selected values.

    `beyond`: which entries without a place of their own a question about a place wants as well. `every_word`: entries
    with some of the words never follow those with all. `among`: keys of the sources that are asked together, where a
    word that one of them knows is no typing error.
    """

    text: str = ""
    ags: str = ""
    point: tuple[float, float] | None = None
    radius_km: float = 10
    beyond: Beyond = Beyond.AREA
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    per_page: int = 20
    want_map: bool = False
    every_word: bool = False
    among: tuple[str, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether a place is asked for."""
        return bool(self.point or self.ags)


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
    """One found entry: `object` is what the source loaded, `distance_km` None without a place.

    `title` is the entry's title with the found words marked, `snippet` the first place of the text where they stand;
    both are safe HTML and empty when nothing was asked in words. `points`: what its words count, to compare sources.
    """

    object_id: int
    object: Any
    distance_km: float | None
    title: str = ""
    snippet: str = ""
    points: int = 0


@dataclass(frozen=True)
class MapPoint:
    """A found entry with a place, for the map: all of the result, not only of the page."""

    lat: float
    lon: float
    title: str
    object_id: int
    slug: str
    ags: str


@dataclass(frozen=True)
class Suggestion:
    """One completion of what somebody types. `kind`: "title", "organisation", "town", or a source's own."""

    kind: str
    label: str


@dataclass(frozen=True)
class SearchResult:
    """The answer. `pages` is at least 1; `unplaced` counts matches without a place that a place filter left out.

    `partial`: only `complete` entries have all the words, so that those with some follow them. `corrections` maps a typed
    word that nobody uses to the one that was looked for instead. `took_ms` in milliseconds; `degraded`: the engine of
    choice did not answer, the database did. `wordless`: the index waits for its rebuild, so words could not be looked
    for.
    """

    query: SearchQuery
    hits: tuple[Hit, ...]
    total: int
    pages: int
    facets: tuple[CountedFacet, ...]
    points: tuple[MapPoint, ...] = ()
    unplaced: int = 0
    engine: str = ""
    degraded: bool = False
    partial: bool = False
    complete: int = 0
    wordless: bool = False
    corrections: Mapping[str, str] = field(default_factory=dict)
    took_ms: float = 0
