"""New entries against all saved searches, once each. The worker calls it after it has written the search."""

from django.db import connections, router, transaction
from django.db.models import Case, Max, Value, When

from regiokit.search.alerts import addresses, due, reading
from regiokit.search.alerts.candidates import AT_ONCE, NewEntry
from regiokit.search.alerts.models import AlertPosition, SavedSearchMatch, SeenEntry
from regiokit.search.contract import SearchSource
from regiokit.search.domain import sources
from regiokit.search.engines import database
from regiokit.search.models import SearchEntry, SearchWord
from regiokit.search.parts import batched

MOST_A_TURN = 20
"""New entries that one turn of the worker takes of a source."""


def match_new() -> int:
    """Find for whom the entries are that became visible since the last call; returns how many finds there were."""
    return sum(_match(source) for source in sources() if addresses.offers_alerts(source))


def _match(source: SearchSource) -> int:
    position = AlertPosition.objects.filter(source=source.key).first()
    generation = database.live_generation(source.key)
    if position is None:
        _begin(source, generation)
        return 0
    if not _rows(source, position, generation).exists():
        return 0
    if not reading.bring_up_to_date(source):
        return 0
    with transaction.atomic():
        position = lock(source)
        if position is None:
            return 0
        newest_word = SearchWord.objects.filter(source=source.key).aggregate(newest=Max("pk"))["newest"] or 0
        reading.read_unsettled(source, since=position.newest_word)
        rows = _rows(source, position, generation).select_related("combination").order_by("pk")[:MOST_A_TURN]
        entries = list(rows)
        found = sum(_match_entry(NewEntry(source, entry)) for entry in _unseen(source, entries))
        if entries:
            position.generation, position.newest_entry = generation, entries[-1].pk
            position.newest_word = newest_word
            position.save()
    return found


def lock(source: SearchSource) -> AlertPosition | None:
    """Return the position of this source for one worker alone, None while another one has it."""
    rows = AlertPosition.objects.filter(source=source.key)
    if connections[router.db_for_write(AlertPosition)].features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return rows.first()


def _rows(source: SearchSource, position: AlertPosition, generation: int):
    """Return the rows to look at: a rebuild writes all of them anew, so that what it alone brought is not missed."""
    newest = position.newest_entry if position.generation == generation else 0
    return SearchEntry.objects.filter(source=source.key, generation=generation, pk__gt=newest)


def _unseen(source: SearchSource, entries: list[SearchEntry]) -> list[SearchEntry]:
    """Return the entries nobody was told of yet, and note them."""
    ids = [entry.object_id for entry in entries]
    seen = SeenEntry.objects.filter(source=source.key, object_id__in=ids)
    known = set(seen.values_list("object_id", flat=True))
    new = [entry for entry in entries if entry.object_id not in known]
    SeenEntry.objects.bulk_create([SeenEntry(source=source.key, object_id=entry.object_id) for entry in new])
    return new


def _match_entry(new: NewEntry) -> int:
    if not new.is_visible():
        return 0
    connection = connections[router.db_for_write(SavedSearchMatch)]
    table, entry, moments = SavedSearchMatch._meta.db_table, new.entry.object_id, due.moments()
    # Not by bulk_create: making ten thousand objects takes longer than finding for whom they are.
    insert = f"INSERT INTO {table} (saved_search_id, object_id, due_at)"
    when = Case(*(When(rhythm=rhythm, then=Value(moment)) for rhythm, moment in moments.items()))
    decided = new.decided().annotate(due_at=when).values_list("pk", Value(entry), "due_at")
    wanted, params = decided.query.get_compiler(connection=connection).as_sql()
    stamps = {rhythm: connection.ops.adapt_datetimefield_value(moment) for rhythm, moment in moments.items()}
    with connection.cursor() as cursor:
        cursor.execute(f"{insert} {wanted} ON CONFLICT DO NOTHING", params)
        number = cursor.rowcount
        for part in batched(new.checked(), AT_ONCE):
            rows = [(pk, entry, stamps[rhythm]) for pk, rhythm in part]
            cursor.executemany(f"{insert} VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", rows)
            number += cursor.rowcount
    return number


def _begin(source: SearchSource, generation: int) -> None:
    """Note all entries that are there already: nobody waits for them."""
    entry, seen = SearchEntry._meta.db_table, SeenEntry._meta.db_table
    with transaction.atomic():
        with connections[router.db_for_write(SeenEntry)].cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {seen} (source, object_id) SELECT source, object_id FROM {entry}"  # noqa: S608
                " WHERE source = %s AND generation = %s ON CONFLICT DO NOTHING",
                [source.key, generation],
            )
        newest = SearchEntry.objects.filter(source=source.key, generation=generation).aggregate(pk=Max("pk"))["pk"]
        AlertPosition.objects.get_or_create(
            source=source.key, defaults={"generation": generation, "newest_entry": newest or 0}
        )
