"""Which saved searches may want an entry, and which do: the rules of `engines.database`, seen from the entry."""

from collections.abc import Iterator, Mapping
from itertools import product

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from regiokit.search.alerts.models import SavedSearch, SavedSearchAnchor
from regiokit.search.contract import UNKNOWN, Beyond, Facet, Reach, SearchSource
from regiokit.search.engines.database.places import BEYOND, chord_of, sphere
from regiokit.search.models import SearchEntry
from regiokit.search.question import Alternative, Question

EVERYTHING = "*"
LONGEST = 90
MOST_ANCHORS = 100
"""Pairs of token and value that a saved search has at most; one that would have more is found by its words alone."""
AT_ONCE = 2000
"""Saved searches that are held in memory at a time."""


def anchors(
    saved: SavedSearch, question: Question, source: SearchSource, common: Mapping[str, int]
) -> Iterator[SavedSearchAnchor]:
    """Yield what every entry that matches has one of; `common` says how many entries have a token.

    The rarest words narrow best, one more for each that may be missing; without words the town does. The filter with the
    fewest values narrows further.
    """
    tokens = _rarest(question, common) if question.terms else dict.fromkeys(_towns(saved), True)
    chosen = [facet for facet in source.facets if saved.facets.get(facet.name)]
    stored = [facet.name for facet in chosen if not (facet.live or facet.ranges)]
    facet = min(stored, key=lambda name: len(saved.facets[name]), default="")
    values = {_value(facet, value) for value in saved.facets[facet]} if facet else {""}
    if len(tokens) * len(values) > MOST_ANCHORS:
        facet, values = "", {""}
    no_more = not question.excluded and len(chosen) == bool(facet) and max(map(len, values)) < LONGEST
    for (token, enough), value in product(tokens.items(), values):
        decides = enough and no_more
        yield SavedSearchAnchor(saved_search=saved, source=source.key, token=token, value=value, decides=decides)


def circle(point: tuple[float, float], radius_km: float) -> dict[str, float]:
    """Return the fields of a saved search for the entries that lie up to so many km around (lat, lon)."""
    names = ("lat", "lon", "radius_km", "x", "y", "z", "chord")
    return dict(zip(names, (*point, radius_km, *sphere(*point), chord_of(radius_km)), strict=True))


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

    def decided(self) -> QuerySet:
        """Return the confirmed saved searches that this entry answers as the database alone can tell."""
        return self._candidates(decides=True)

    def checked(self) -> Iterator[tuple[int, str]]:
        """Yield pk and rhythm of the other ones that this entry answers."""
        rows = self._candidates(decides=False).values_list("pk", "rhythm", "facets", "question")
        for pk, rhythm, facets, question in rows.iterator(chunk_size=AT_ONCE):
            if self._has_values(facets) and self._has_words(question):
                yield pk, rhythm

    def _candidates(self, *, decides: bool) -> QuerySet:
        entry = self.entry
        tokens = {*self._tokens, EVERYTHING, f"@{entry.ags}" if self._has_place else f"@{entry.reach}"}
        values = {_value(name, value) for name, values in self._values.items() for value in values}
        anchored = SavedSearchAnchor.objects.filter(
            source=self.source.key, token__in=tokens, value__in={"", *values}, decides=decides
        )
        found = SavedSearch.objects.filter(pk__in=anchored.values("saved_search_id"), confirmed_at__isnull=False)
        return found.filter(self._place())

    def _place(self) -> Q:
        """Keep those that ask for no place, or for one where this entry is."""
        entry = self.entry
        if not self._has_place:
            wide = [beyond for beyond, reaches in BEYOND.items() if entry.reach in reaches]
            return Q(ags="", lat=None) | Q(beyond__in=wide)
        town = Q(ags="") | Q(ags=entry.ags)
        if entry.lat is None:
            return town & Q(lat=None)
        dx, dy, dz = F("x") - entry.x, F("y") - entry.y, F("z") - entry.z
        return town & (Q(lat=None) | Q(chord__gte=dx * dx + dy * dy + dz * dz))

    @property
    def _has_place(self) -> bool:
        return self.entry.reach == Reach.PLACE

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


def _rarest(question: Question, common: Mapping[str, int]) -> dict[str, bool]:
    """Return tokens of which every entry with the words has one, and whether it alone is as much as they ask."""
    spare = len(question.terms) - max(1, question.minimum)
    terms = sorted((term.alternatives for term in question.terms), key=lambda ways: _frequency(ways, common))
    found: dict[str, bool] = {}
    for way in (way for ways in terms[: spare + 1] for way in ways if way):
        token = min(way, key=lambda token: common.get(token, 0))
        found[token] = found.get(token, False) or (len(way) == 1 and question.minimum <= 1)
    return found


def _towns(saved: SavedSearch) -> set[str]:
    """Return the tokens of the town and what lies beyond it, or of everything."""
    return {f"@{saved.ags}", *(f"@{reach}" for reach in BEYOND[Beyond(saved.beyond)])} if saved.ags else {EVERYTHING}


def _frequency(ways: tuple[Alternative, ...], common: Mapping[str, int]) -> int:
    return sum(min(common.get(token, 0) for token in way) for way in ways if way)


def _value(facet: str, value: str) -> str:
    return f"={facet}:{value}"[:LONGEST]
