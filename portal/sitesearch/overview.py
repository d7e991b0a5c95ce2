"""One question to every source: the best of each, grouped."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.editorial.live import in_order
from portal.sitesearch import pages
from regiokit.places.domain import Place
from regiokit.plugin import load
from regiokit.search import Hit, SearchQuery, SearchResult, SearchSource
from regiokit.search.domain import search

SHOWN = 5
PER_PAGE = 20
RADIUS_KM = 10


@dataclass(frozen=True)
class Row:
    """One line of the answer."""

    title: str
    url: str
    meta: str


@dataclass(frozen=True)
class Group:
    """What one source found. `more_url` is empty when everything stands here already; `points` are those of its best hit."""

    label: str
    total: int
    rows: tuple[Row, ...]
    more_url: str
    points: int = 0


def sources(menu: Iterable[str] = ()) -> list[SearchSource]:
    """Return the sources of the enabled plugins in the order of the `menu` (addresses), then the pages."""
    return [*(load(path) for plugin in in_order(list(menu)) for path in plugin.search_sources), pages.source]


def overview(*, text: str, place: Place | None, typed_place: str = "", menu: Iterable[str] = ()) -> list[Group]:
    """Return what each source finds, the one with the best hit first; sources without a find are left out.

    `typed_place` is repeated in links.
    """
    asked = sources(menu)
    keys = tuple(source.key for source in asked)
    found = [_group(source, text=text, place=place, typed_place=typed_place, among=keys) for source in asked]
    return sorted((group for group in found if group.total), key=lambda group: -group.points)


def search_pages(*, text: str, page: int) -> SearchResult:
    """Return one page of the editors' pages alone. Raises `WrongParameter` past the end."""
    return search(pages.source, SearchQuery(text=text, page=page, per_page=PER_PAGE))


def rows(source: SearchSource, hits: tuple[Hit, ...]) -> tuple[Row, ...]:
    """Return the hits as lines."""
    return tuple(Row(title=str(hit.object), url=_url(source, hit), meta=_meta(hit)) for hit in hits)


def _group(source: SearchSource, *, text: str, place: Place | None, typed_place: str, among: tuple[str, ...]) -> Group:
    ours = source.key == pages.source.key
    if ours and not text:
        # A place alone is no question to pages: they belong to the whole county.
        return Group(source.label, 0, (), "")
    point = None if ours or place is None else (place.point.lat, place.point.lon)
    sort = "relevance" if text else "distance" if point else "newest"
    query = SearchQuery(text=text, point=point, radius_km=RADIUS_KM, sort=sort, per_page=SHOWN, among=among)
    # Nobody sees facets here, so nobody counts them.
    result = search(replace(source, facets=()), query)
    more = {"q": text, **({"only": "pages"} if ours else {"near": typed_place})}
    more_url = f"{reverse(source.list_url)}?{urlencode({name: value for name, value in more.items() if value})}"
    best = max((hit.points for hit in result.hits), default=0)
    return Group(source.label, result.total, rows(source, result.hits), more_url if result.total > SHOWN else "", best)


def _url(source: SearchSource, hit: Hit) -> str:
    own = getattr(hit.object, "get_absolute_url", None) or getattr(hit.object, "get_url", None)
    return own() if own else source.url(hit.object_id, getattr(hit.object, "slug", ""))


def _meta(hit: Hit) -> str:
    organisation = getattr(hit.object, "organisation", None)
    parts = [str(organisation) if organisation else "", getattr(hit.object, "lead", "")]
    if hit.distance_km is not None:
        parts.append(_("%(km)d km entfernt") % {"km": round(hit.distance_km)})
    return " · ".join(part for part in parts if part)
