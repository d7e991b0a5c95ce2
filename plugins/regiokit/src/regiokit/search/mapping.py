"""The map of a result: every marker a link, several entries in one place a link to the town."""

from collections import Counter
from functools import cache, lru_cache

from django.http import QueryDict
from django.utils.translation import gettext as _

from regiokit import conf
from regiokit.places.maps import Map, MapEntry, build_map
from regiokit.places.models import Municipality
from regiokit.places.outlines import outlines_of
from regiokit.places.region import read_region
from regiokit.search.addresses import address
from regiokit.search.contract import SearchResult, SearchSource


def result_map(source: SearchSource, result: SearchResult, params: QueryDict, path: str) -> Map | None:
    """Return the map of all entries of `result` that have a place, or None when none has. One query."""
    if not result.points:
        return None
    counties = {point.ags[:5] for point in result.points if point.ags}
    towns = outlines_of(Municipality.objects.filter(county_ags__in=counties))
    names = {town.ags: town.name for town in towns}
    label, several = str(source.label), _("%(count)s %(label)s in %(town)s und Umgebung")

    def town_of(entries) -> str:
        keys = [entry.page.ags for entry in entries]
        most = keys[0] if len(set(keys)) == 1 else Counter(keys).most_common(1)[0][0]
        return names.get(most, "")

    @cache
    def list_of(town: str) -> str:
        return address(path, params, town=town, page=None)

    return build_map(
        [MapEntry(point.lat, point.lon, point.title, point) for point in result.points],
        towns=towns,
        caption=_("%(label)s auf der Karte. %(source)s") % {"label": label, "source": _attribution()},
        group_label=lambda entries: several % {"count": len(entries), "label": label, "town": town_of(entries)},
        group_url=lambda entries: list_of(town_of(entries)),
        url_of=lambda point: source.url(point.object_id, point.slug),
    )


@lru_cache
def _attribution() -> str:
    """The licences of the outlines and postal codes ask to be named beside the map."""
    slug = conf.region()
    return ", ".join(licence["attribution"] for licence in read_region(slug).licences) if slug else ""
