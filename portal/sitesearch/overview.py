"""One question to every source: the best of each, grouped."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.editorial.live import in_order
from portal.sitesearch import pages
from regiokit.places.domain import Place
from regiokit.plugin import load
from regiokit.search import Hit, SearchQuery, SearchResult, SearchSource
from regiokit.search.alerts.addresses import offers_alerts
from regiokit.search.alerts.offering import offering
from regiokit.search.domain import search
from regiokit.search.leading import Meant, meant

SHOWN = 5
PER_PAGE = 20
RADIUS_KM = 10
ONLY = {"guides": "guide", "events": "event", "pages": "page"}
"""`?only=`: the group of pages that is shown alone."""


@dataclass(frozen=True)
class Row:
    """One line of the answer; `title` and `snippet` are safe HTML with the found words marked, where words were asked."""

    title: str
    url: str
    meta: str
    snippet: str = ""


@dataclass(frozen=True)
class Group:
    """What one source found. `more_url` is empty when everything stands here already; `points` are those of its best hit."""

    label: str
    total: int
    rows: tuple[Row, ...]
    more_url: str = ""
    points: int = 0


@dataclass(frozen=True)
class Overview:
    """The whole answer. `partial`: nothing has all the words, these have some; `meant`: words that nobody uses, replaced.

    `degraded`: the engine of choice did not answer; `wordless`: the index waits for its rebuild.
    """

    groups: tuple[Group, ...] = ()
    partial: bool = False
    meant: tuple[Meant, ...] = ()
    degraded: bool = False
    wordless: bool = False


@dataclass(frozen=True)
class Part:
    """What is asked for one group: a source, and for pages their kind."""

    source: SearchSource
    kind: str = ""

    @property
    def label(self) -> str:
        """The heading of the group."""
        return str(pages.KINDS[self.kind] if self.kind else self.source.label)


def sources(menu: Iterable[str] = ()) -> list[SearchSource]:
    """Return the sources of the enabled plugins in the order of the `menu` (addresses), then the pages."""
    return [*(load(path) for plugin in in_order(list(menu)) for path in plugin.search_sources), pages.source]


def overview(*, text: str, place: Place | None, typed_place: str = "", menu: Iterable[str] = ()) -> Overview:
    """Return what each source finds, the group with the best hit first; groups without a find are left out.

    `typed_place` is repeated in links.
    """
    asked = sources(menu)
    keys = tuple(source.key for source in asked)
    results = _ask(asked, SearchQuery(text=text, per_page=SHOWN, among=keys), place)
    groups = (_group(part, result, text=text, typed_place=typed_place) for part, result in results.items())
    return Overview(
        groups=tuple(sorted((group for group in groups if group.total), key=lambda group: -group.points)),
        partial=all(result.partial and not result.complete for result in results.values() if result.total),
        meant=_meant(results),
        degraded=any(result.degraded for result in results.values()),
        wordless=any(result.wordless for result in results.values()),
    )


def search_pages(*, text: str, kind: str, page: int) -> SearchResult:
    """Return one page of the editors' pages of one kind alone. Raises `WrongParameter` past the end."""
    keys = tuple(source.key for source in sources())
    query = SearchQuery(text=text, page=page, per_page=PER_PAGE, among=keys, facets={"kind": frozenset({kind})})
    return search(pages.source, query)


def rows(source: SearchSource, hits: tuple[Hit, ...]) -> tuple[Row, ...]:
    """Return the hits as lines."""
    return tuple(_row(source, hit) for hit in hits)


def alerts(*, text: str, typed_place: str, menu: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return (label, url) of the notifications that can be had for this question."""
    params = QueryDict(urlencode({name: value for name, value in (("q", text), ("near", typed_place)) if value}))
    return [
        (str(source.label), offering(source, params).alert_url) for source in sources(menu) if offers_alerts(source)
    ]


def _ask(asked: list[SearchSource], query: SearchQuery, place: Place | None) -> dict[Part, SearchResult]:
    found = {}
    for source in asked:
        if source.key == pages.source.key:
            # A place alone is no question to pages: they belong to the whole county.
            for kind in pages.KINDS if query.text else ():
                found[Part(source, kind)] = search(source, replace(query, facets={"kind": frozenset({kind})}))
            continue
        point = (place.point.lat, place.point.lon) if place else None
        sort = "relevance" if query.text else "distance" if point else "newest"
        # Nobody sees facets here, so nobody counts them.
        here = replace(query, point=point, radius_km=RADIUS_KM, sort=sort)
        found[Part(source)] = search(replace(source, facets=()), here)
    return found


def _group(part: Part, result: SearchResult, *, text: str, typed_place: str) -> Group:
    names = {kind: name for name, kind in ONLY.items()}
    more = {"q": text, **({"only": names[part.kind]} if part.kind else {"near": typed_place})}
    url = f"{reverse(part.source.list_url)}?{urlencode({name: value for name, value in more.items() if value})}"
    best = max((hit.points for hit in result.hits), default=0)
    return Group(part.label, result.total, rows(part.source, result.hits), url if result.total > SHOWN else "", best)


def _meant(results: dict[Part, SearchResult]) -> tuple[Meant, ...]:
    """Return the replaced words once each, spelled as the entries found spell them."""
    found: dict[str, Meant] = {}
    for part, result in sorted(results.items(), key=lambda pair: not pair[1].total):
        for word in meant(part.source, result):
            found.setdefault(word.typed, word)
    return tuple(found.values())


def _row(source: SearchSource, hit: Hit) -> Row:
    snippet = hit.snippet if "<mark>" in hit.snippet else ""
    return Row(
        title=hit.title or str(hit.object), url=_url(source, hit), meta=_meta(hit, lead=not snippet), snippet=snippet
    )


def _url(source: SearchSource, hit: Hit) -> str:
    own = getattr(hit.object, "get_absolute_url", None) or getattr(hit.object, "get_url", None)
    return own() if own else source.url(hit.object_id, getattr(hit.object, "slug", ""))


def _meta(hit: Hit, *, lead: bool) -> str:
    organisation = getattr(hit.object, "organisation", None)
    parts = [str(organisation) if organisation else "", getattr(hit.object, "lead", "") if lead else ""]
    if hit.distance_km is not None:
        parts.append(_("%(km)d km entfernt") % {"km": round(hit.distance_km)})
    return " · ".join(part for part in parts if part)
