"""The faces of a result: what a page, a map and a JSON answer show of it."""

from dataclasses import dataclass
from functools import lru_cache

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from regiokit import conf
from regiokit.places.maps import Map, build_map
from regiokit.places.models import Municipality
from regiokit.places.region import read_region
from regiokit.search import domain
from regiokit.search.contract import SearchResult, SearchSource
from regiokit.search.filters import RADII_KM, SORTS, build_query, validate


@dataclass(frozen=True)
class ResultPage:
    """Everything a list page shows. `result` is None when a parameter is wrong; `errors` then says which."""

    form: forms.Form
    errors: dict[str, str]
    result: SearchResult | None
    place_label: str = ""
    chips: tuple[tuple[str, str], ...] = ()
    reset_url: str = ""
    pages: tuple[tuple[int | None, str], ...] = ()
    previous_url: str = ""
    next_url: str = ""
    map: Map | None = None

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return len(self.chips)

    @property
    def page(self) -> int:
        """The number of this page, from 1."""
        return self.result.query.page if self.result else 1


def result_page(source: SearchSource, params: QueryDict, *, path: str) -> ResultPage:
    """Ask `source` with the parameters of a request to `path` and return what its page shows.

    Raises `WrongParameter` only for a page past the end; other wrong values come back as `errors`.
    """
    form, errors = validate(source, params)
    _prepare_widgets(form)
    if errors:
        return ResultPage(form=form, errors=errors, result=None, reset_url=path)
    query = build_query(source, form, want_map=True)
    # Whoever chose no order sees which one was taken.
    form.data["sort"] = query.sort
    result = domain.search(source, query)
    cleaned = form.cleaned_data
    place = cleaned["near"].label if cleaned["near"] else cleaned["town"].name if cleaned["town"] else ""
    return ResultPage(
        form=form,
        errors={},
        result=result,
        place_label=place,
        chips=tuple(_chips(source, form, params, path)),
        reset_url=path,
        pages=tuple(_pages(result, params, path)),
        previous_url=_url(path, params, page=query.page - 1) if query.page > 1 else "",
        next_url=_url(path, params, page=query.page + 1) if query.page < result.pages else "",
        map=_map(source, result, params, path),
    )


def as_json(result: SearchResult, row) -> dict:
    """Return the JSON answer; `row(hit)` turns a hit into the dict of one entry."""
    return {
        "count": result.total,
        "page": result.query.page,
        "pages": result.pages,
        "results": [row(hit) for hit in result.hits],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
                for value in facet.values
            ]
            for facet in result.facets
        },
        "degraded": result.degraded,
    }


def _prepare_widgets(form: forms.Form) -> None:
    radius = form.data.get("radius", "")
    typed = [radius] if radius.isascii() and radius.isdigit() and len(radius) < 4 else []
    choices = sorted({*map(str, RADII_KM), *typed}, key=int)
    form.fields["radius"].widget = forms.Select(choices=[(km, f"{km} km") for km in choices])
    form.fields["sort"].widget.choices = list(SORTS.items())


def _url(path: str, params: QueryDict, **changes) -> str:
    kept = params.copy()
    for name, value in changes.items():
        kept.pop(name, None)
        if value not in (None, 1, ""):
            kept[name] = value
    for name in [name for name in kept if not any(kept.getlist(name))]:
        kept.pop(name)
    return f"{path}?{kept.urlencode()}" if kept else path


def _chips(source: SearchSource, form: forms.Form, params: QueryDict, path: str):
    cleaned = form.cleaned_data
    first = params.copy()
    first.pop("page", None)
    if cleaned["q"]:
        yield f"„{cleaned['q'][:40]}“", _url(path, first, q=None)
    if cleaned["near"]:
        label = _("%(place)s und %(km)g km") % {"place": cleaned["near"].label, "km": cleaned["radius"] or 10}
        yield label, _url(path, first, near=None, radius=None, sort=None)
    if cleaned["town"]:
        yield _("nur in %s") % cleaned["town"].name, _url(path, first, town=None)
    for facet in source.facets:
        labels = facet.labels()
        for value in cleaned[facet.name]:
            rest = first.copy()
            rest.setlist(facet.name, [other for other in form.data.getlist(facet.name) if other != value])
            yield str(labels[value]), _url(path, rest)


def _pages(result: SearchResult, params: QueryDict, path: str):
    if result.pages < 2:
        return
    here, last = result.query.page, result.pages
    shown = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
    before = 0
    for number in shown:
        if number - before > 1:
            yield None, ""
        yield number, _url(path, params, page=number)
        before = number


def _map(source: SearchSource, result: SearchResult, params: QueryDict, path: str) -> Map | None:
    if not result.points:
        return None
    counties = {point.ags[:5] for point in result.points if point.ags}
    towns = list(Municipality.objects.filter(county_ags__in=counties))
    names = {town.ags: town.name for town in towns}
    ags_of = {(point.lat, point.lon, point.url): point.ags for point in result.points}

    def town_of(entries) -> str:
        keys = [ags_of.get((entry[0], entry[1], entry[3]), "") for entry in entries]
        return names.get(max(keys, key=keys.count), "")

    return build_map(
        [(point.lat, point.lon, point.title, point.url) for point in result.points],
        municipalities=towns,
        caption=_("%(label)s auf der Karte. %(source)s") % {"label": source.label, "source": _attribution()},
        group_label=lambda entries: (
            _("%(count)s %(label)s in %(town)s und Umgebung")
            % {"count": len(entries), "label": source.label, "town": town_of(entries)}
        ),
        group_url=lambda entries: _url(path, params, town=town_of(entries), page=None),
    )


@lru_cache
def _attribution() -> str:
    """The licences of the outlines and postal codes ask to be named beside the map."""
    slug = conf.region()
    return ", ".join(licence["attribution"] for licence in read_region(slug).licences) if slug else ""
