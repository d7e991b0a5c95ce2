"""Writes entries, and builds a whole index beside the live one."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.db import connections, router, transaction
from django.utils import timezone

from regiokit.search.contract import Reach, SearchDocument, SearchSource
from regiokit.search.engines import LATER
from regiokit.search.engines.database import combinations, vocabulary
from regiokit.search.engines.database.deleting import quickly_delete
from regiokit.search.engines.database.places import sphere
from regiokit.search.engines.database.state import NAME, live_generation, new_mark, state
from regiokit.search.fingerprint import fingerprint
from regiokit.search.german import index_words
from regiokit.search.models import SearchChange, SearchEntry, SearchIndex
from regiokit.search.parts import batched

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""For entries that do not say when they were published: they come last."""
BATCH = 500
CHANGING = [
    field.attname
    for field in SearchEntry._meta.concrete_fields
    if field.attname not in ("id", "source", "generation", "object_id")
]


def write(source: SearchSource, ids: Iterable[int], documents: Iterable[SearchDocument]) -> None:
    """Bring the entries `ids` up to date, in the live generation and in one that is being built.

    A rebuild may have read them before and write them after this: they are noted for once it is done.
    """
    with transaction.atomic():
        one_at_a_time(source)
        # Read only now: whoever waited must not write what was true before.
        ids, documents = set(ids), list(documents)
        gone = ids - {document.object_id for document in documents}
        index = state(source)
        if index.building:
            SearchChange.objects.bulk_create(
                [SearchChange(engine=NAME + LATER, source=source.key, object_id=pk) for pk in ids]
            )
        for generation in filter(None, (index.generation, index.building)):
            former = _titles(source, generation, ids) - {document.title for document in documents}
            _store(source, documents, generation)
            vocabulary.add(source, documents, generation)
            for part in batched(sorted(gone), BATCH):
                _entries(source, generation).filter(object_id__in=part).delete()
            if former:
                # A title that is public no more must not be suggested; other words wait for the next count.
                vocabulary.forget_titles(source, former - _still_there(source, generation, former))
        # What was counted before is out of date.
        SearchIndex.objects.filter(pk=index.pk).update(mark=new_mark())


def _titles(source: SearchSource, generation: int, ids: Iterable[int]) -> set[str]:
    return {
        title
        for part in batched(sorted(ids), BATCH)
        for title in _entries(source, generation).filter(object_id__in=part).values_list("title", flat=True)
    }


def _still_there(source: SearchSource, generation: int, titles: set[str]) -> set[str]:
    return set(_entries(source, generation).filter(title__in=titles).values_list("title", flat=True))


def rebuild(source: SearchSource, *, progress: Callable[[int], None] | None = None) -> int:
    """Fill a new generation while the old one answers, then let the new one answer. Returns the number of entries.

    Entries that change meanwhile are written to both, and noted to be written once more afterwards. A rebuild that was
    broken off is begun anew by the next one.
    """
    with transaction.atomic():
        one_at_a_time(source)
        index = state(source)
        building = max(index.generation, index.building or 0) + 1
        SearchIndex.objects.filter(pk=index.pk).update(building=building)
        # Left by a rebuild that was broken off; this one reads everything anew.
        _meanwhile(source).delete()
    counting, done = vocabulary.Counting(source, building), 0
    for part in batched(source.documents(None), BATCH):
        with transaction.atomic():
            one_at_a_time(source)
            _store(source, part, building)
        counting.take(part)
        done += len(part)
        if progress:
            progress(done)
    counting.finish()
    with transaction.atomic():
        one_at_a_time(source)
        SearchIndex.objects.filter(pk=index.pk).update(
            generation=building, building=None, fingerprint=fingerprint(), built_at=timezone.now(), mark=new_mark()
        )
        _meanwhile(source).update(engine=NAME)
    _forget_others(source, building)
    return done


def _meanwhile(source: SearchSource):
    return SearchChange.objects.filter(engine=NAME + LATER, source=source.key)


def differing(source: SearchSource) -> set[int]:
    """Return the ids whose entries are missing, left over or unlike what `source` says of them now."""
    stored = dict(_entries(source, live_generation(source.key)).values_list("object_id", "digest"))
    wrong = set()
    for document in source.documents(None):
        if stored.pop(document.object_id, None) != digest(document):
            wrong.add(document.object_id)
    return wrong | stored.keys()


def listed(key: str, object_ids) -> list[int]:
    """Return which of `object_ids` (ids or a subquery of them) have a live entry under the source `key`."""
    found = SearchEntry.objects.filter(source=key, generation=live_generation(key), object_id__in=object_ids)
    return list(found.values_list("object_id", flat=True))


def number_of_entries(source: SearchSource) -> int:
    """Return how many live entries there are."""
    return _entries(source, live_generation(source.key)).count()


def digest(document: SearchDocument) -> str:
    """Return a mark of everything that an index keeps of a document, and of the analyser that reads it."""
    values = {name: getattr(document, name) for name in document.__dataclass_fields__}
    values["facets"] = {name: sorted(found) for name, found in document.facets.items() if found}
    canonical = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(f"{fingerprint()} {canonical}".encode()).hexdigest()


def one_at_a_time(source: SearchSource) -> None:
    """Wait until no other transaction writes entries of `source`, on PostgreSQL; SQLite has one writer anyway.

    Whoever waited reads what the other one has committed, so that an older state never overwrites a newer one.
    """
    connection = connections[router.db_for_write(SearchEntry)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"regiokit.search.{source.key}"])


def _store(source: SearchSource, documents: Iterable[SearchDocument], generation: int) -> None:
    documents = list(documents)
    combinations.store(source.key, [document.facets for document in documents])
    SearchEntry.objects.bulk_create(
        [_entry(source, document, generation) for document in documents],
        update_conflicts=True,
        unique_fields=["source", "generation", "object_id"],
        update_fields=CHANGING,
        batch_size=BATCH,
    )


def _entries(source: SearchSource, generation: int):
    return SearchEntry.objects.filter(source=source.key, generation=generation)


def _forget_others(source: SearchSource, live: int) -> None:
    """Delete the entries of other generations, in parts, so that nobody waits long for the database."""
    others = SearchEntry.objects.filter(source=source.key).exclude(generation=live).order_by("pk")
    while ids := list(others.values_list("pk", flat=True)[: BATCH * 4]):
        quickly_delete(SearchEntry.objects.filter(pk__in=ids))


def _entry(source: SearchSource, document: SearchDocument, generation: int) -> SearchEntry:
    here = document.reach == Reach.PLACE and document.lat is not None and document.lon is not None
    lat, lon = (document.lat, document.lon) if here else (None, None)
    x, y, z = sphere(lat, lon) if here else (None, None, None)
    starts_on, ends_on = document.period or (None, None)
    return SearchEntry(
        source=source.key,
        generation=generation,
        object_id=document.object_id,
        title=document.title,
        slug=document.slug,
        title_words=index_words(document.title),
        organisation_words=index_words(document.organisation),
        text_words=index_words(document.text),
        ags=document.ags,
        lat=lat,
        lon=lon,
        x=x,
        y=y,
        z=z,
        reach=document.reach,
        starts_on=starts_on,
        ends_on=ends_on,
        visible_until=document.visible_until,
        combination_id=combinations.number(source.key, document.facets),
        published_at=document.published_at or LONG_AGO,
        confirmed_at=document.confirmed_at,
        digest=digest(document),
    )
