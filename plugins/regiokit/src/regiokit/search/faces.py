"""The faces of a result: what a page and a JSON answer show of it."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from regiokit import conf
from regiokit.places.domain import Place
from regiokit.places.maps import Map
from regiokit.search import domain
from regiokit.search.addresses import SetFilter, address, filters_set, for_robots, pages, without
from regiokit.search.contract import Beyond, SearchResult, SearchSource
from regiokit.search.filters import RADII_KM, SORTS, build_query, validate
from regiokit.search.leading import Meant, Ways, corrected, everywhere, meant, ways
from regiokit.search.mapping import result_map
from regiokit.search.panel import PanelFacet, panel


@dataclass(frozen=True)
class ResultPage:
    """Everything a list page shows. `result` is None when a parameter is wrong; `errors` then says which.

    `place_hint` says from where distances count when that is not the place that was typed. `meant`: words that were
    replaced, `meant_url` the question with the new ones, which shows `meant_total`. `beyond_url`: the same question with
    all entries without a place. `canonical_url` is the address for robots, `noindex` whether they shall not keep this one.
    """

    form: forms.Form
    errors: dict[str, str]
    result: SearchResult | None
    place_label: str = ""
    place_hint: str = ""
    facets: tuple[PanelFacet, ...] = ()
    chips: tuple[tuple[str, str], ...] = ()
    reset_url: str = ""
    pages: tuple[tuple[int | None, str], ...] = ()
    previous_url: str = ""
    next_url: str = ""
    map: Map | None = None
    meant: tuple[Meant, ...] = ()
    meant_url: str = ""
    meant_total: int = 0
    ways: Ways | None = None
    beyond_url: str = ""
    canonical_url: str = ""
    noindex: bool = False

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
        return ResultPage(form=form, errors=errors, result=None, reset_url=path, noindex=True)
    query = build_query(source, form, want_map=True)
    # Whoever chose no order sees which one was taken.
    form.data["sort"] = query.sort
    result = domain.search(source, query)
    chosen = tuple(filters_set(source, form))
    place, town = form.cleaned_data["near"], form.cleaned_data["town"]
    kept = for_robots(source, params)
    return ResultPage(
        form=form,
        errors={},
        result=result,
        place_label=place.label if place else town.name if town else "",
        place_hint=_place_hint(place),
        facets=panel(source, result),
        chips=tuple((one.label, without(one, params, path)) for one in chosen),
        reset_url=path,
        pages=tuple(pages(page=query.page, last=result.pages, params=params, path=path)),
        previous_url=address(path, params, page=query.page - 1) if query.page > 1 else "",
        next_url=address(path, params, page=query.page + 1) if query.page < result.pages else "",
        map=result_map(source, result, params, path),
        **_leading(source, result, chosen, params, path),
        beyond_url=address(path, params, beyond="all", page=None) if query.beyond != Beyond.ALL else "",
        canonical_url=conf.absolute(path if kept is None else address(path, kept)),
        noindex=kept is None,
    )


def _leading(source: SearchSource, result: SearchResult, chosen: tuple[SetFilter, ...], params: QueryDict, path: str):
    # The words that were meant were looked for already: when nothing came of them here, they lead to the whole list.
    shown = everywhere(source, result) if result.corrections and not result.total else result
    words = meant(source, shown)
    found = {"meant": words, "meant_total": shown.total}
    if words:
        kept = params if result.total else QueryDict()
        found["meant_url"] = address(path, kept, q=corrected(result.query.text, words), page=None)
    if not result.total and not result.wordless:
        found["ways"] = ways(source, result.query, chosen=chosen, params=params, path=path)
    return found


def _place_hint(place: Place | None) -> str:
    if not place or not place.district:
        return ""
    values = {"district": place.district, "town": place.label}
    return _("%(district)s gehört zu %(town)s. Wir messen ab der Mitte von %(town)s.") % values


def as_json(result: SearchResult, row) -> dict:
    """Return the JSON answer; `row(hit)` turns a hit into the dict of one entry."""
    return {
        "count": result.total,
        "page": result.query.page,
        "pages": result.pages,
        "results": [row(hit) | {"highlights": _highlights(hit)} for hit in result.hits],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
                for value in facet.values
            ]
            for facet in result.facets
        },
        "corrections": dict(result.corrections),
        "partial": result.partial,
        "complete": result.complete,
        "wordless": result.wordless,
        "degraded": result.degraded,
        "engine": result.engine,
        "took_ms": round(result.took_ms, 1),
    }


def _highlights(hit) -> dict[str, str]:
    return {"title": hit.title, "snippet": hit.snippet}


def _prepare_widgets(form: forms.Form) -> None:
    radius = form.data.get("radius", "")
    typed = [radius] if radius.isascii() and radius.isdigit() and len(radius) < 4 else []
    choices = sorted({*map(str, RADII_KM), *typed}, key=int)
    form.fields["radius"].widget = forms.Select(choices=[(km, f"{km} km") for km in choices])
    form.fields["sort"].widget.choices = list(SORTS.items())
