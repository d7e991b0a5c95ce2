"""The engine on Django's ORM: runs alike on SQLite and PostgreSQL."""

from math import ceil

from django.db import connections, router, transaction
from django.db.models import Case, Count, F, IntegerField, Value, When
from django.utils.translation import ngettext

from regiokit.places.domain import Point, within
from regiokit.search.contract import (
    CountedFacet,
    Facet,
    FacetValue,
    Hit,
    MapPoint,
    SearchDocument,
    SearchQuery,
    SearchResult,
    SearchSource,
    WrongParameter,
)
from regiokit.search.folding import searchable, words
from regiokit.search.models import SearchEntry, SearchEntryValue

# A person can explain this order: a word in the title counts more than one in the organisation's name, than one in the text.
TITLE, ORGANISATION, TEXT = 4, 2, 1
MAP_LIMIT = 500
# Names of counts beside the facets' own; a facet's name is an identifier and never begins like this.
TOTAL, UNPLACED = "#total", "#unplaced"


def search(source: SearchSource, query: SearchQuery) -> SearchResult:
    """Answer `query`. Raises `WrongParameter` for a page past the end."""
    live = {facet.name: facet.live() for facet in source.facets if facet.live}
    found = _select(source, query, live=live)
    counts = _counts(source, query, live, found)
    total = counts.get(TOTAL, {}).get(source.key, 0)
    pages = max(1, ceil(total / query.per_page))
    if query.page > pages:
        message = ngettext("Es gibt nur eine Seite.", "Es gibt nur %(pages)s Seiten.", pages) % {"pages": pages}
        raise WrongParameter("page", message)
    start = (query.page - 1) * query.per_page
    rows = list(_ordered(found, query)[start : start + query.per_page])
    objects = source.load([row.object_id for row in rows])
    hits = tuple(
        Hit(row.object_id, objects[row.object_id], getattr(row, "distance_km", None))
        for row in rows
        if row.object_id in objects
    )
    return SearchResult(
        query=query,
        hits=hits,
        total=total,
        pages=pages,
        facets=tuple(_counted(source, facet, query, live, counts) for facet in source.facets),
        points=_points(source, found) if query.want_map else (),
        unplaced=counts.get(UNPLACED, {}).get(source.key, 0),
        engine="database",
    )


def _select(source: SearchSource, query: SearchQuery, *, live, without: str = "", placed: bool = True):
    """All entries that match, leaving out the selection of the facet `without`, or the place."""
    found = SearchEntry.objects.filter(source=source.key)
    for word in words(query.text):
        found = found.filter(all_words__contains=word)
    for facet in source.facets:
        chosen = query.facets.get(facet.name)
        if not chosen or facet.name == without:
            continue
        if facet.live:
            ids = set().union(*(live[facet.name].get(value, set()) for value in chosen))
            found = found.filter(object_id__in=ids)
        else:
            matching = SearchEntryValue.objects.filter(facet=facet.name, value__in=chosen).values("entry")
            found = found.filter(pk__in=matching)
    if not placed:
        return found.filter(lat=None)
    if query.ags:
        found = found.filter(ags=query.ags)
    if query.point:
        found = within(found, Point(*query.point), query.radius_km)
    return found


def _ordered(found, query: SearchQuery):
    terms = words(query.text)
    if query.sort == "distance" and query.point:
        return found.order_by("distance_km", "title", "object_id")
    if query.sort == "newest" or not terms:
        return found.order_by(F("published_at").desc(nulls_last=True), "-object_id")
    rank = Value(0)
    for word in terms:
        rank = rank + Case(
            When(title_words__contains=word, then=TITLE),
            When(organisation_words__contains=word, then=ORGANISATION),
            default=TEXT,
            output_field=IntegerField(),
        )
    return found.annotate(rank=rank).order_by("-rank", F("confirmed_at").desc(nulls_last=True), "-object_id")


def _counts(source: SearchSource, query: SearchQuery, live, found) -> dict[str, dict[str, int]]:
    """Count everything in one query: the result, what has no place, and the stored values of each facet."""

    def rows(entries, name):
        return entries.order_by().values_list(Value(name), "source").annotate(number=Count("pk"))

    parts = [rows(found, TOTAL)]
    if query.point or query.ags:
        parts.append(rows(_select(source, query, live=live, placed=False), UNPLACED))
    for facet in source.facets:
        if not facet.live:
            base = _select(source, query, live=live, without=facet.name)
            values = SearchEntryValue.objects.filter(facet=facet.name, entry__in=base.values("pk")).order_by()
            parts.append(values.values_list(Value(facet.name), "value").annotate(number=Count("entry", distinct=True)))
    counts: dict[str, dict[str, int]] = {}
    for name, value, number in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
        counts.setdefault(name, {})[value] = number
    return counts


def _counted(source: SearchSource, facet: Facet, query: SearchQuery, live, counts) -> CountedFacet:
    chosen = query.facets.get(facet.name, frozenset())
    numbers = counts.get(facet.name, {})
    if facet.live:
        base = _select(source, query, live=live, without=facet.name)
        ids = set(base.values_list("object_id", flat=True))
        numbers = {value: len(ids & members) for value, members in live[facet.name].items()}
    return CountedFacet(
        facet.name,
        facet.label,
        tuple(
            FacetValue(value, str(label), numbers.get(value, 0), value in chosen)
            for value, label in facet.labels().items()
        ),
    )


def _points(source: SearchSource, found) -> tuple[MapPoint, ...]:
    rows = found.exclude(lat=None).order_by("object_id").values_list("lat", "lon", "title", "object_id", "slug", "ags")
    return tuple(
        MapPoint(lat, lon, title, source.url(pk, slug), ags) for lat, lon, title, pk, slug, ags in rows[:MAP_LIMIT]
    )


@transaction.atomic
def write(source: SearchSource, object_ids) -> int:
    """Bring the entries of `object_ids` (None: all) up to date; those that are not live any more go. Returns how many stay."""
    _one_at_a_time(source)
    ids = None if object_ids is None else list(object_ids)
    documents = {document.object_id: document for document in source.documents(ids)}
    old = SearchEntry.objects.filter(source=source.key)
    (old if ids is None else old.filter(object_id__in=ids)).delete()
    entries = SearchEntry.objects.bulk_create(
        [_entry(source, document) for document in documents.values()], batch_size=500
    )
    SearchEntryValue.objects.bulk_create(
        [
            SearchEntryValue(entry=entry, facet=facet, value=value)
            for entry in entries
            for facet, values in documents[entry.object_id].facets.items()
            for value in values
        ],
        batch_size=2000,
    )
    return len(entries)


def listed(key: str, object_ids) -> list[int]:
    """Return which of `object_ids` (ids or a subquery of them) have an entry under the source `key`."""
    found = SearchEntry.objects.filter(source=key, object_id__in=object_ids)
    return list(found.values_list("object_id", flat=True))


def _one_at_a_time(source: SearchSource) -> None:
    """Wait until no other transaction writes entries of `source`, on PostgreSQL; SQLite has one writer anyway.

    Two writers of one entry would both find none to delete and then both insert it. Whoever waited reads what the other
    one has committed.
    """
    connection = connections[router.db_for_write(SearchEntry)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"regiokit.search.{source.key}"])


def differing(source: SearchSource) -> set[int]:
    """Return the ids whose entries are missing, left over or unlike what `source` says of them now."""
    names = [field.attname for field in SearchEntry._meta.concrete_fields if not field.primary_key]
    values: dict[int, set] = {}
    for entry, facet, value in SearchEntryValue.objects.filter(entry__source=source.key).values_list(
        "entry", "facet", "value"
    ):
        values.setdefault(entry, set()).add((facet, value))
    stored = {
        entry.object_id: ([getattr(entry, name) for name in names], values.get(entry.pk, set()))
        for entry in SearchEntry.objects.filter(source=source.key)
    }
    wanted = {}
    for document in source.documents(None):
        entry = _entry(source, document)
        facets = {(facet, value) for facet, found in document.facets.items() for value in found}
        wanted[document.object_id] = ([getattr(entry, name) for name in names], facets)
    return {key for key in stored.keys() | wanted.keys() if stored.get(key) != wanted.get(key)}


def _entry(source: SearchSource, document: SearchDocument) -> SearchEntry:
    title, organisation = searchable(document.title), searchable(document.organisation)
    return SearchEntry(
        source=source.key,
        object_id=document.object_id,
        title=document.title,
        slug=document.slug,
        title_words=title,
        organisation_words=organisation,
        all_words=" ".join([title, organisation, searchable(document.text)]),
        ags=document.ags,
        lat=document.lat,
        lon=document.lon,
        published_at=document.published_at,
        confirmed_at=document.confirmed_at,
    )
