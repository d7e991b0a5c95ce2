"""What waits to be written to the engines: noted in the transaction that changes an entry, written by the worker."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from time import monotonic

from django.db import DatabaseError, InterfaceError, connections, router, transaction
from django.db.models import F
from django.utils import timezone

from regiokit.search.contract import SearchSource
from regiokit.search.engines import LATER, Engine, EngineDown, choice, database
from regiokit.search.fingerprint import fingerprint
from regiokit.search.models import SearchChange, SearchIndex
from regiokit.search.signals import entries_changed

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Entries that are written to a source at once."""

TURN_SECONDS = 5.0
"""After this time the worker sends mails first, and goes on in its next turn."""

LONGEST_REST = 30.0
"""An engine that does not answer is asked again after at most so many seconds."""

LONGEST_WAIT = timedelta(hours=1)
"""An entry that cannot be read is tried again after at most this time."""


class Rest:
    """When engines that did not answer are asked again; each process finds out for itself."""

    def __init__(self, clock: Callable[[], float] = monotonic):
        self._clock = clock
        self._until: dict[str, tuple[int, float]] = {}

    def over(self, engine: Engine) -> bool:
        """Whether the engine may be asked."""
        return self._clock() >= self._until.get(engine.name, (0, 0.0))[1]

    def failed(self, engine: Engine) -> None:
        """Leave the engine alone, twice as long as the last time."""
        times = self._until.get(engine.name, (0, 0.0))[0] + 1
        self._until[engine.name] = times, self._clock() + min(2.0**times, LONGEST_REST)

    def succeeded(self, engine: Engine) -> None:
        """Forget the failures."""
        self._until.pop(engine.name, None)


rest = Rest()


def note(key: str, object_ids: Iterable[int], *, engines: Iterable[Engine] | None = None) -> None:
    """Note that the entries of the source `key` changed, for every engine or some."""
    ids, engines = list(object_ids), choice.kept() if engines is None else engines
    SearchChange.objects.bulk_create(
        [SearchChange(engine=engine.name, source=key, object_id=pk) for engine in engines for pk in ids]
    )


def write(
    sources: Iterable[SearchSource], *, engines: Iterable[Engine] | None = None, now: datetime | None = None
) -> int:
    """Bring the entries that were noted up to date; returns how many that were.

    Each engine has its own notes: those of one that is not there wait, and hold up nobody.
    """
    sources, now = list(sources), now or timezone.now()
    done = 0
    for engine in choice.kept() if engines is None else engines:
        if not rest.over(engine):
            continue
        if engine is not database:
            _bring_back(engine)
        try:
            done += sum(_drain(engine, source, now) for source in sources)
            rest.succeeded(engine)
        except EngineDown as failure:
            rest.failed(engine)
            log.warning("search: %s takes no entries now: %s", engine.name, failure)
    return done


@contextmanager
def kept_for_later(engine: Engine, source: SearchSource) -> Iterator[None]:
    """While a new index is built, keep the notes of what is written to the old one; afterwards they are due again."""
    index, _new = SearchIndex.objects.get_or_create(
        engine=engine.name, source=source.key, defaults={"fingerprint": fingerprint()}
    )
    SearchIndex.objects.filter(pk=index.pk).update(building=index.generation + 1)
    # Left by a rebuild that was broken off; this one reads everything anew.
    SearchChange.objects.filter(engine=engine.name + LATER, source=source.key).delete()
    try:
        yield
        SearchIndex.objects.filter(pk=index.pk).update(
            generation=F("generation") + 1, fingerprint=fingerprint(), built_at=timezone.now()
        )
    finally:
        SearchIndex.objects.filter(pk=index.pk).update(building=None)
        _bring_back(engine)


def _drain(engine: Engine, source: SearchSource, now: datetime) -> int:
    """Write what waits for one engine and source, for a few seconds at most."""
    done, until = 0, monotonic() + TURN_SECONDS
    try:
        while monotonic() < until:
            number = _write_batch(engine, source, now)
            done += number
            if number < AT_ONCE:
                break
    except DatabaseError:
        # One source whose tables are in trouble must not hold up the others; its notes stay for the next turn.
        log.exception("search: entries of %s could not be written", source.key)
    if done:
        entries_changed.send(sender=source)
    return done


def _write_batch(engine: Engine, source: SearchSource, now: datetime) -> int:
    """Write one batch, then forget its notes: whoever changes an entry meanwhile leaves a note of a later number."""
    waiting = SearchChange.objects.filter(engine=engine.name, source=source.key, due_at__lte=now).order_by("pk")
    if not waiting.exists():
        return 0
    with _alone(engine, source) as mine:
        if not mine:
            return 0
        notes = list(waiting.values_list("pk", "object_id")[:AT_ONCE])
        ids = {object_id for _pk, object_id in notes}
        poison = _write(engine, source, sorted(ids))
        _forget(engine, source, [pk for pk, object_id in notes if object_id not in poison])
        _put_off([pk for pk, object_id in notes if object_id in poison], now)
    return len(ids - poison)


def _write(engine: Engine, source: SearchSource, ids: list[int]) -> set[int]:
    """Write these entries; returns those that cannot be read or taken, found by halves, so that they hold up no other."""
    try:
        with _savepoint():
            engine.write(source, ids, source.documents(ids))
    except (EngineDown, InterfaceError):
        raise
    except Exception:
        # Whatever a plugin's reading or an engine's taking raises: one entry must not hold up the others.
        if len(ids) == 1:
            log.exception("search: entry %s of %s could not be written", ids[0], source.key)
            return set(ids)
        half = len(ids) // 2
        return _write(engine, source, ids[:half]) | _write(engine, source, ids[half:])
    return set()


def _forget(engine: Engine, source: SearchSource, notes: list[int]) -> None:
    """Delete notes that are done; while another index is being built, keep them for it."""
    written = SearchChange.objects.filter(pk__in=notes)
    states = SearchIndex.objects.filter(engine=engine.name, source=source.key)
    if engine is not database and states.filter(building__isnull=False).exists():
        written.update(engine=engine.name + LATER)
    else:
        written.delete()


def _put_off(notes: list[int], now: datetime) -> None:
    """Try these again later, each time twice as late."""
    for change in SearchChange.objects.filter(pk__in=notes):
        change.failures += 1
        change.due_at = now + min(timedelta(seconds=2**change.failures), LONGEST_WAIT)
        change.save(update_fields=["failures", "due_at"])


def _bring_back(engine: Engine) -> None:
    """Make due again what was kept for an index that answers by now."""
    building = SearchIndex.objects.filter(engine=engine.name, building__isnull=False).values("source")
    SearchChange.objects.filter(engine=engine.name + LATER).exclude(source__in=building).update(engine=engine.name)


@contextmanager
def _alone(engine: Engine, source: SearchSource) -> Iterator[bool]:
    """Yield whether no other worker writes to this index meanwhile: an older state must not overtake a newer one.

    The database engine sees to that itself. SQLite has one worker, and no transaction may be open there while an engine
    is waited for: it would keep everybody from saving.
    """
    connection = connections[router.db_for_write(SearchChange)]
    if engine is database or connection.vendor != "postgresql":
        yield True
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        name = f"regiokit.search.{engine.name}.{source.key}"
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        yield cursor.fetchone()[0]


def _savepoint():
    """Return what a failed read does not break more than itself in."""
    using = router.db_for_write(SearchChange)
    return transaction.atomic(using=using) if connections[using].in_atomic_block else nullcontext()
