"""From the parameters of an address to a checked `SearchQuery`: one FilterSet for page, JSON and map."""

from functools import lru_cache

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regiokit.places.domain import UnknownPlace, resolve
from regiokit.search.contract import Beyond, SearchQuery, SearchSource, WrongParameter
from regiokit.search.models import SearchEntry
from regiokit.search.rendering import SearchForm

RADII_KM = (2, 5, 10, 20, 50)
RADIUS_KM = 10
SORTS = {
    "relevance": gettext_lazy("Passendste zuerst"),
    "newest": gettext_lazy("Neueste zuerst"),
    "distance": gettext_lazy("Nächste zuerst"),
}
BEYOND = {
    Beyond.AREA.value: gettext_lazy("auch im ganzen Kreis"),
    Beyond.ALL.value: gettext_lazy("auch im ganzen Kreis und online"),
    Beyond.NONE.value: gettext_lazy("nur an Orten in der Nähe"),
}
PER_PAGE = 20
YES = {"1": "true", "yes": "true", "ja": "true", "on": "true"}


class PlaceField(forms.CharField):
    """A town in any spelling, a postal code, or "lat,lon"; cleans to a `Place`."""

    def clean(self, value):
        """Return the place, or None for an empty field."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return resolve(text)
        except UnknownPlace as error:
            raise ValidationError(str(error)) from error


class TownField(PlaceField):
    """Like `PlaceField`, but a whole town: cleans to a `Municipality`. Also takes its key (AGS)."""

    def clean(self, value):
        """Return the municipality, or None for an empty field."""
        text = (value or "").strip()
        if len(text) == 8 and text.isascii() and text.isdigit():
            from regiokit.places.models import Municipality

            if town := Municipality.objects.filter(pk=text).defer("outline").first():
                return town
        place = super().clean(value)
        if place and place.municipality is None:
            raise ValidationError(_("Bitte geben Sie hier genau einen Ort an."))
        return place.municipality if place else None


class PlaceFilter(django_filters.Filter):
    """`PlaceField` as a filter."""

    field_class = PlaceField


class TownFilter(django_filters.Filter):
    """`TownField` as a filter."""

    field_class = TownField


class SearchFilterSet(django_filters.FilterSet):
    """The parameters that every list shares; `for_source` adds the facets of a source."""

    q = django_filters.CharFilter(label=gettext_lazy("Suchwort"), max_length=200)
    near = PlaceFilter(label=gettext_lazy("Ort oder Postleitzahl"))
    town = TownFilter(label=gettext_lazy("Nur in"))
    radius = django_filters.NumberFilter(label=gettext_lazy("Umkreis"), min_value=1, max_value=200)
    beyond = django_filters.ChoiceFilter(
        label=gettext_lazy("Ohne festen Ort"), choices=list(BEYOND.items()), empty_label=None
    )
    sort = django_filters.ChoiceFilter(label=gettext_lazy("Reihenfolge"), choices=list(SORTS.items()), empty_label=None)
    page = django_filters.NumberFilter(min_value=1, max_value=100000, decimal_places=0)
    per_page = django_filters.NumberFilter(min_value=1, max_value=100, decimal_places=0)

    class Meta:
        model = SearchEntry
        form = SearchForm
        fields = []


@lru_cache
def filter_set(source: SearchSource) -> type[SearchFilterSet]:
    """Return the FilterSet of a source, with one repeatable parameter for each of its facets."""
    facets = {
        facet.name: django_filters.MultipleChoiceFilter(
            label=facet.label, choices=lambda labels=facet.labels: list(labels().items())
        )
        for facet in source.facets
    }
    return type("SourceFilterSet", (SearchFilterSet,), facets)


@lru_cache
def form_of(source: SearchSource) -> type[forms.Form]:
    """Return the form that the FilterSet of a source makes, which is the same for every request."""
    return filter_set(source)(queryset=SearchEntry.objects.none()).get_form_class()


def validate(source: SearchSource, data) -> tuple[forms.Form, dict[str, str]]:
    """Return the checked form of the parameters in `data` (a QueryDict) and the first error of each wrong parameter."""
    cleaned = data.copy()
    for name in list(cleaned):
        values = [value.strip() for value in cleaned.getlist(name) if value.strip()]
        if facet := next((facet for facet in source.facets if facet.name == name), None):
            values = [YES.get(value, value) if "true" in facet.labels() else value for value in values]
        cleaned.setlist(name, values) if values else cleaned.pop(name)
    # A bound form shows its data only: without this the select would stand at its first entry.
    cleaned.setdefault("radius", str(RADIUS_KM))
    form = form_of(source)(cleaned)
    errors = {name: messages[0] for name, messages in form.errors.items()}
    if not errors and form.cleaned_data["sort"] == "distance" and not form.cleaned_data["near"]:
        errors["sort"] = _("Nach Entfernung sortieren wir, sobald Sie einen Ort angeben.")
    return form, errors


def query_from(source: SearchSource, data, *, strict: bool = False, want_map: bool = False) -> SearchQuery:
    """Return the query of the parameters in `data`. Raises `WrongParameter` for the first wrong one.

    `strict` also refuses names that do not exist, so that a program learns of its typing errors.
    """
    if strict:
        known = {*SearchFilterSet.base_filters, *(facet.name for facet in source.facets)}
        for name in data:
            if name not in known:
                message = _("Diesen Parameter gibt es nicht. Es gibt: %s.") % ", ".join(sorted(known))
                raise WrongParameter(name[:60], message)
    form, errors = validate(source, data)
    for name, message in errors.items():
        raise WrongParameter(name, message)
    return build_query(source, form, want_map=want_map)


def build_query(source: SearchSource, form: forms.Form, *, want_map: bool = False) -> SearchQuery:
    """Return the query of a form without errors."""
    cleaned = form.cleaned_data
    place, town = cleaned["near"], cleaned["town"]
    text = cleaned["q"] or ""
    return SearchQuery(
        text=text,
        ags=town.ags if town else "",
        point=(place.point.lat, place.point.lon) if place else None,
        radius_km=float(cleaned["radius"] or RADIUS_KM),
        beyond=Beyond(cleaned["beyond"] or Beyond.AREA),
        facets={facet.name: frozenset(cleaned[facet.name]) for facet in source.facets if cleaned[facet.name]},
        sort=cleaned["sort"] or ("relevance" if text else "distance" if place else "newest"),
        page=int(cleaned["page"] or 1),
        per_page=int(cleaned["per_page"] or PER_PAGE),
        want_map=want_map,
    )
