"""The addresses of a list: one for each state, to share, to go back to, and for robots as few as possible."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from regiokit.search.contract import Beyond, SearchQuery, SearchSource
from regiokit.search.filters import BEYOND, RADIUS_KM

BELONGING = {"near": ("radius", "beyond", "sort")}
"""Parameters that mean nothing without another one."""


@dataclass(frozen=True)
class SetFilter:
    """A filter that is set: the parameter, one value of it, the German words of its chip, and its other values."""

    name: str
    value: str
    label: str
    others: tuple[str, ...] = ()


def address(path: str, params: QueryDict, **changes) -> str:
    """Return `path` with these parameters changed; None, 1 and "" leave one out, and so do all that are empty."""
    kept = {name: list(filter(None, params.getlist(name))) for name in params if name not in changes}
    kept |= {name: [value] for name, value in changes.items() if value not in (None, 1, "")}
    question = urlencode([(name, value) for name, values in kept.items() for value in values])
    return f"{path}?{question}" if question else path


def filters_set(source: SearchSource, form: forms.Form) -> Iterator[SetFilter]:
    """Yield every filter that is set, in the order of the form."""
    cleaned = form.cleaned_data
    if cleaned["q"]:
        yield SetFilter("q", cleaned["q"], f"„{cleaned['q'][:40]}“")
    if place := cleaned["near"]:
        label = _("%(place)s und %(km)g km") % {"place": place.label, "km": cleaned["radius"] or RADIUS_KM}
        yield SetFilter("near", place.label, label)
    if town := cleaned["town"]:
        yield SetFilter("town", town.name, _("nur in %s") % town.name)
    if (place or town) and cleaned["beyond"] not in ("", Beyond.AREA):
        yield SetFilter("beyond", cleaned["beyond"], str(BEYOND[cleaned["beyond"]]))
    for facet in source.facets:
        labels = facet.labels() if cleaned[facet.name] else {}
        for value in cleaned[facet.name]:
            label = str(labels[value])
            if facet.unknown:
                # "ja" or "nicht bekannt" alone says nothing.
                label = f"{facet.label}{'' if str(facet.label).endswith('?') else ':'} {label}"
            yield SetFilter(facet.name, value, label, tuple(other for other in cleaned[facet.name] if other != value))


def without(chosen: SetFilter, params: QueryDict, path: str) -> str:
    """Return the address of the same question without this filter."""
    rest = params.copy()
    for name in ("page", *BELONGING.get(chosen.name, ())):
        rest.pop(name, None)
    rest.setlist(chosen.name, list(chosen.others))
    return address(path, rest)


def query_without(chosen: SetFilter, query: SearchQuery) -> SearchQuery:
    """Return the same question without this filter."""
    if chosen.name == "q":
        return replace(query, text="")
    if chosen.name == "near":
        return replace(query, point=None)
    if chosen.name == "town":
        return replace(query, ags="")
    if chosen.name == "beyond":
        return replace(query, beyond=Beyond.AREA)
    return replace(query, facets={**query.facets, chosen.name: frozenset(chosen.others)})


def pages(*, page: int, last: int, params: QueryDict, path: str) -> Iterator[tuple[int | None, str]]:
    """Yield (number, address) of the first, the last and the pages around this one; (None, "") for a gap."""
    if last < 2:
        return
    before = 0
    for number in sorted({1, last, *range(max(1, page - 1), min(last, page + 1) + 1)}):
        if number - before > 1:
            yield None, ""
        yield number, address(path, params, page=number)
        before = number


def for_robots(source: SearchSource, params: QueryDict) -> QueryDict | None:
    """Return the parameters under which robots may keep this page, or None when they shall not keep it.

    They may keep the list itself and the list with one value of one facet or of one town, each with its pages. Words,
    places, orders and everything combined have no end: such pages are shown to people only.
    """
    kept = QueryDict(mutable=True)
    for name in params:
        kept.setlist(name, [value for value in params.getlist(name) if value])
        if not kept.getlist(name):
            kept.pop(name)
    if kept.get("page") == "1":
        kept.pop("page")
    named = _total(kept, (name for name in kept if name != "page"))
    lasting = _total(kept, ("town", *(facet.name for facet in source.facets if not facet.live)))
    return kept if named == lasting <= 1 else None


def _total(params: QueryDict, names: Iterable[str]) -> int:
    return sum(len(params.getlist(name)) for name in names)
