"""Brings an archive back: into an empty database and an empty media folder, all or nothing."""

import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from wagtail.models import Revision

from portal.operations.alone import alone
from portal.operations.backup import numbers, tables
from portal.operations.backup.archive import PIECE, members, verify
from regiokit import worker
from regiokit.mail.models import OutboxMail
from regiokit.search import domain as search
from regiokit.worker.models import WorkerBeat

QUIET_SECONDS = 60
"""Whoever replaces data waits for so long after the worker's last sign of life: it shows one every half minute."""


class CannotRestore(Exception):
    """Nothing was changed; the message says why, for people."""


def in_use() -> bool:
    """Whether somebody uses this database or its media folder already."""
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(path.is_file() for path in media.rglob("*")):
        return True
    present = set(connection.introspection.table_names())
    return any(
        model._meta.db_table in present and model._base_manager.exists()
        for model in (get_user_model(), Revision, OutboxMail)
    )


def restore(path: Path, *, replace: bool = False, say: Callable[[str], None]) -> dict:
    """Bring `path` back and return its manifest. Raises `BrokenArchive`, or `CannotRestore` when the place is not empty.

    Everything is read and compared first. Only when the database is complete do database and files take their places.
    """
    if not replace and in_use():
        raise CannotRestore("Hier gibt es schon Daten. Ein leerer Rechner ist der richtige Ort; sonst hilft --replace.")
    if replace:
        _must_be_quiet()
    say("Die Sicherung wird gelesen und geprüft.")
    manifest = verify(path)
    _must_be_known(manifest)
    media = Path(settings.MEDIA_ROOT)
    beside = media.with_name(f"{media.name}.restored")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        with alone(), _new_files(beside, media) as take_place, _new_database():
            _fill(path, manifest, beside, say=say)
            take_place()
    except (OSError, DatabaseError) as error:
        why = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        raise CannotRestore(f"Die Wiederherstellung ist abgebrochen, nichts wurde geändert: {why}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    # What a cache keeps of the time before is not what the database says now.
    cache.clear()
    say(
        f"{sum(table['rows'] for table in manifest['tables'])} Zeilen und {len(manifest['files'])} Dateien sind zurück."
    )
    return manifest


def _must_be_quiet() -> None:
    known = WorkerBeat._meta.db_table in connection.introspection.table_names()
    beat = worker.last_beat() if known else None
    if beat and (timezone.now() - beat).total_seconds() < QUIET_SECONDS:
        raise CannotRestore(
            "Der Arbeitsprozess hat eben noch gearbeitet. Beenden Sie alle Dienste des Portals und warten Sie "
            f"{QUIET_SECONDS} Sekunden."
        )


def _must_be_known(manifest: dict) -> None:
    if manifest["region"] != settings.REGION.slug:
        raise CannotRestore(
            f"Die Sicherung gehört zur Region {manifest['region']}, eingestellt ist {settings.REGION.slug}: "
            "Ändern Sie PORTAL_REGION."
        )
    known = MigrationExecutor(connection).loader.disk_migrations.keys()
    if foreign := sorted({tuple(key) for key in manifest["migrations"]} - known):
        raise CannotRestore(
            f"Die Sicherung stammt von einer neueren Version ({manifest['version']}) oder von einem Portal mit weiteren "
            f"Bausteinen; hier fehlt {foreign[0][0]}.{foreign[0][1]}. Installieren Sie zuerst dieselbe oder eine neuere Version."
        )


@contextmanager
def _new_database():
    """Give an empty database; it takes the place of the old one at the end of the block, or never."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _drop_everything()
            yield
        return
    target = Path(connection.settings_dict["NAME"])
    beside = target.with_name(f"{target.name}.restored")
    connection.close()
    try:
        connection.settings_dict["NAME"] = beside
        yield
        with connection.cursor() as cursor:
            # Everything into the one file that is moved.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        os.replace(beside, target)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = target
        for suffix in ("", "-wal", "-shm", "-journal"):
            beside.with_name(beside.name + suffix).unlink(missing_ok=True)


def _drop_everything() -> None:
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")


def _fill(path: Path, manifest: dict, media: Path, *, say) -> None:
    say("Die Datenbank wird angelegt, wie sie bei der Sicherung war.")
    _migrate_to(manifest["migrations"])
    described = {f"tables/{table['name']}.jsonl": table for table in manifest["tables"]}
    with transaction.atomic():
        _constraints("DEFERRED")
        tables.empty(name for name in connection.introspection.table_names() if _takes_rows(name))
        for name, stream in members(path):
            if name.startswith("tables/"):
                tables.write(described[name], stream)
            elif name.startswith("media/"):
                _copy(stream, media / name.removeprefix("media/"))
        for table in manifest["tables"]:
            numbers.set_last_number(table)
    _constraints("IMMEDIATE")
    ContentType.objects.clear_cache()
    say("Die Datenbank kommt auf den Stand dieser Version, die Suche wird neu aufgebaut.")
    call_command("migrate", interactive=False, verbosity=0)
    _constraints("DEFERRED")
    for source in search.sources():
        search.rebuild(source)
    call_command("update_index", verbosity=0)


def _takes_rows(name: str) -> bool:
    return name != "django_migrations" and "_fts_" not in name and not name.startswith("sqlite_")


def _migrate_to(migrations: list[list[str]]) -> None:
    """Bring the empty database to exactly these migrations."""
    _constraints("IMMEDIATE")
    executor = MigrationExecutor(connection)
    wanted = {tuple(key) for key in migrations}
    graph = executor.loader.graph
    followed = {parent.key for key in wanted if key in graph.node_map for parent in graph.node_map[key].parents}
    executor.migrate([key for key in graph.nodes if key in wanted - followed])


def _constraints(when: str) -> None:
    """Say when PostgreSQL looks at constraints: tables cannot be altered while it still has to, in one transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {when}")


def _copy(stream, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(stream, file, PIECE)


@contextmanager
def _new_files(new: Path, old: Path):
    """Give a function that puts the new folder in the place of the old one; when the block fails, the old one is back."""
    before, moved = old.with_name(f"{old.name}.before"), []

    def take_place() -> None:
        shutil.rmtree(before, ignore_errors=True)
        old.mkdir(exist_ok=True)
        old.rename(before)
        moved.append(old)
        new.rename(old)

    try:
        yield take_place
    except BaseException:
        if moved:
            shutil.rmtree(old, ignore_errors=True)
            before.rename(old)
        raise
    shutil.rmtree(before, ignore_errors=True)
