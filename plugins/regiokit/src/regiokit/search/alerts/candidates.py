"""Which saved searches may want an entry, and which do: the rules of `engines.database`, seen from the entry."""

from collections.abc import Iterator, Mapping

from django.db.models import Q, QuerySet
from django.utils import timezone

from regiokit.search.alerts.models import SavedSearch, SavedSearchAnchor
from regiokit.search.contract import UNKNOWN, Beyond, Facet, Reach, SearchSource
from regiokit.search.engines.database.places import BEYOND, chord_of, sphere
from regiokit.search.models import SearchEntry
from regiokit.search.question import Alternative, Question

EVERYTHING = "*"
LONGEST = 90
AT_ONCE = 2000
"""Saved searches that are held in memory at a time."""
CHECKED = ("pk", "rhythm", "question", "facets", "ags", "lat", "lon", "radius_km", "beyond")


def anchors(saved: SavedSearch, question: Question, source: SearchSource, common: Mapping[str, int]) -> set[str]:
    """Return tokens of which every entry that matches has one; `common` says how many entries have a token.

    Words narrow best; without words a filter does, then the town. The rarest terms are taken, and one more for each that
    may be missing.
    """
    if question.terms:
        spare = len(question.terms) - max(1, question.minimum)
        terms = sorted((term.alternatives for term in question.terms), key=lambda ways: _frequency(ways, common))
        return {min(way, key=lambda token: common.get(token, 0)) for ways in terms[: spare + 1] for way in ways if way}
    stored = [facet for facet in source.facets if saved.facets.get(facet.name) and not (facet.live or facet.ranges)]
    if stored:
        facet = min(stored, key=lambda facet: len(saved.facets[facet.name]))
        return {_value(facet.name, value) for value in saved.facets[facet.name]}
    if saved.ags:
        return {f"@{saved.ags}", *(f"@{reach}" for reach in BEYOND[Beyond(saved.beyond)])}
    return {EVERYTHING}


def as_stored(question: Question) -> dict:
    """Return what a saved search keeps of its question: what decides, without what only counts for the order."""
    return {
        "terms": [term.alternatives for term in question.terms],
        "excluded": [way for term in question.excluded for way in term.same + term.part],
        "minimum": max(1, question.minimum),
    }


class NewEntry:
    """An entry as saved searches look at it."""

    def __init__(self, source: SearchSource, entry: SearchEntry):
        self.source, self.entry = source, entry
        fields = (entry.title_words, entry.organisation_words, entry.text_words)
        self._texts = [f" {words} " for words in fields]
        self._tokens = {token for words in fields for token in words.split()}
        self._values = {facet.name: self._values_of(facet) for facet in source.facets}

    def is_visible(self) -> bool:
        """Whether the search shows the entry today."""
        return self.entry.visible_until is None or self.entry.visible_until >= timezone.localdate()

    def wanted_by(self) -> Iterator:
        """Yield the confirmed saved searches that this entry answers, as rows of `CHECKED`."""
        rows = self._candidates().values_list(*CHECKED, named=True)
        return (row for row in rows.iterator(chunk_size=AT_ONCE) if self.answers(row))

    def answers(self, saved) -> bool:
        """Return whether the search would find this entry by the question of `saved`."""
        return self._has_values(saved.facets) and self._is_near(saved) and self._has_words(saved.question)

    def _candidates(self) -> QuerySet:
        entry = self.entry
        tokens = {*self._tokens, EVERYTHING, f"@{entry.ags}" if self._has_place else f"@{entry.reach}"}
        tokens |= {_value(name, value) for name, values in self._values.items() for value in values}
        anchored = SavedSearchAnchor.objects.filter(source=self.source.key, token__in=tokens)
        found = SavedSearch.objects.filter(pk__in=anchored.values("saved_search_id"), confirmed_at__isnull=False)
        return found.filter(self._place())

    def _place(self) -> Q:
        """Keep those that ask for no place, or for one whose box holds this entry."""
        entry = self.entry
        if not self._has_place:
            wide = [beyond for beyond, reaches in BEYOND.items() if entry.reach in reaches]
            return Q(ags="", lat=None) | Q(beyond__in=wide)
        town = Q(ags="") | Q(ags=entry.ags)
        if entry.lat is None:
            return town & Q(lat=None)
        box = Q(south__lte=entry.lat, north__gte=entry.lat, west__lte=entry.lon, east__gte=entry.lon)
        return town & (Q(lat=None) | box)

    @property
    def _has_place(self) -> bool:
        return self.entry.reach == Reach.PLACE

    def _is_near(self, saved) -> bool:
        if saved.lat is None and not saved.ags:
            return True
        if not self._has_place:
            return self.entry.reach in BEYOND[Beyond(saved.beyond)]
        if saved.ags and saved.ags != self.entry.ags:
            return False
        if saved.lat is None:
            return True
        if self.entry.lat is None:
            return False
        x, y, z = sphere(saved.lat, saved.lon)
        dx, dy, dz = self.entry.x - x, self.entry.y - y, self.entry.z - z
        return dx * dx + dy * dy + dz * dz <= chord_of(saved.radius_km)

    def _has_values(self, chosen: Mapping[str, list[str]]) -> bool:
        return all(self._values[name] & set(values) for name, values in chosen.items() if name in self._values)

    def _has_words(self, question: dict) -> bool:
        terms = question["terms"]
        found = sum(any(map(self._has, ways)) for ways in terms)
        return (not terms or found >= question["minimum"]) and not any(map(self._has, question["excluded"]))

    def _has(self, way: Alternative) -> bool:
        if len(way) == 1:
            return way[0] in self._tokens
        beside = f" {' '.join(way)} "
        return any(beside in text for text in self._texts)

    def _values_of(self, facet: Facet) -> set[str]:
        entry = self.entry
        values = set(entry.combination.facets.get(facet.name, ()))
        if facet.unknown and not values:
            values.add(UNKNOWN)
        for value, ids in (facet.live() if facet.live else {}).items():
            values |= {value} if entry.object_id in ids else set()
        for value, (first, last) in (facet.ranges() if facet.ranges else {}).items():
            begins = entry.starts_on is None or entry.starts_on <= last
            ends = entry.ends_on is None or entry.ends_on >= first
            values |= {value} if begins and ends else set()
        return values


def _frequency(ways: tuple[Alternative, ...], common: Mapping[str, int]) -> int:
    return sum(min(common.get(token, 0) for token in way) for way in ways if way)


def _value(facet: str, value: str) -> str:
    return f"={facet}:{value}"[:LONGEST]
