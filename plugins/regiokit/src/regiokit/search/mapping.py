"""The map of a result: every marker a link, several entries in one place a link to the town."""

from functools import lru_cache

from django.http import QueryDict
from django.utils.translation import gettext as _

from regiokit import conf
from regiokit.places.maps import Map, build_map
from regiokit.places.models import Municipality
from regiokit.places.region import read_region
from regiokit.search.addresses import address
from regiokit.search.contract import SearchResult, SearchSource


def result_map(source: SearchSource, result: SearchResult, params: QueryDict, path: str) -> Map | None:
    """Return the map of all entries of `result` that have a place, or None when none has. One query."""
    if not result.points:
        return None
    counties = {point.ags[:5] for point in result.points if point.ags}
    towns = list(Municipality.objects.filter(county_ags__in=counties))
    names = {town.ags: town.name for town in towns}
    ags_of = {point.object_id: point.ags for point in result.points}

    def town_of(entries) -> str:
        keys = [ags_of.get(entry.page[0], "") for entry in entries]
        return names.get(max(keys, key=keys.count), "")

    return build_map(
        [(point.lat, point.lon, point.title, (point.object_id, point.slug)) for point in result.points],
        municipalities=towns,
        caption=_("%(label)s auf der Karte. %(source)s") % {"label": source.label, "source": _attribution()},
        group_label=lambda entries: (
            _("%(count)s %(label)s in %(town)s und Umgebung")
            % {"count": len(entries), "label": source.label, "town": town_of(entries)}
        ),
        group_url=lambda entries: address(path, params, town=town_of(entries), page=None),
        url_of=lambda page: source.url(*page),
    )


@lru_cache
def _attribution() -> str:
    """The licences of the outlines and postal codes ask to be named beside the map."""
    slug = conf.region()
    return ", ".join(licence["attribution"] for licence in read_region(slug).licences) if slug else ""
