"""Writes an archive while the portal runs."""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from portal.operations import stamp
from portal.operations.backup import numbers, tables
from portal.operations.backup.archive import FORMAT, Writer
from portal.operations.version import pending, version

NAME = "portal-{:%Y-%m-%dT%H%M%SZ}.tar.gz"
NAMED = re.compile(r"portal-\d{4}-\d\d-\d\dT\d{6}Z\.tar\.gz")


class CannotSave(Exception):
    """No archive was written; the message says why, for people."""


def save(to: Path, *, keep: int = 0, say: Callable[[str], None]) -> Path:
    """Write one archive to `to`, a file, or a folder where it gets the time as its name; return its path.

    With `keep` only the newest archives of the folder stay. Raises `CannotSave`; then nothing is left behind.
    """
    if pending(connection):
        raise CannotSave(
            "Die Datenbank ist nicht auf dem Stand dieser Version. Sichern Sie mit der bisherigen Version, "
            "oder bringen Sie die Datenbank zuerst auf den Stand: manage.py prepare."
        )
    folder = to if _is_folder(to) else to.parent
    target = folder / NAME.format(datetime.now(UTC)) if folder == to else to
    part = target.with_name(f".{target.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Names and addresses of people are inside: nobody else on this machine may read it.
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            counted = _write(stream, say=say)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
        size = target.stat().st_size
        stamp.write(settings.ENV.var, path=target, size=size)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CannotSave(f"{target} lässt sich nicht schreiben: {error.strerror}.") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    say(f"{target}: {counted}, {_megabytes(size)}.")
    if keep:
        _forget_older(target.parent, keep=keep, say=say)
    return target


def _write(stream, *, say) -> str:
    writer = Writer(stream)
    manifest = {"format": FORMAT, "version": version(), "engine": connection.vendor, "region": settings.REGION.slug}
    manifest["made_at"] = datetime.now(UTC).isoformat()
    with _snapshot():
        manifest["migrations"] = _migrations()
        if left_out := tables.unknown():
            say(f"Achtung: diese Tabellen kennt kein eingeschalteter Baustein, sie fehlen: {', '.join(left_out)}")
        manifest["tables"] = tables.described()
        for number, table in enumerate(manifest["tables"], start=1):
            table["last_number"] = numbers.last_number(table)
            writer.add_rows(table, tables.rows(table))
            if number % 25 == 0:
                say(f"{number} von {len(manifest['tables'])} Tabellen")
    for number, (path, name) in enumerate(uploaded_files(), start=1):
        try:
            writer.add_file(path, name)
        except FileNotFoundError:
            say(f"{name} wurde während der Sicherung gelöscht.")
        if number % 500 == 0:
            say(f"{number} Dateien")
    writer.close(manifest)
    rows = sum(table["rows"] for table in manifest["tables"])
    return f"{rows} Zeilen aus {len(manifest['tables'])} Tabellen, {len(writer.files)} Dateien"


def _snapshot():
    """Let everything that is read belong to one moment, while others go on writing."""
    snapshot = transaction.atomic()
    if connection.vendor == "postgresql":
        return _RepeatableRead(snapshot)
    return _DeferredBegin(snapshot)


class _RepeatableRead:
    """A transaction of PostgreSQL in which everything stays as it was at the first question."""

    def __init__(self, atomic):
        self.atomic = atomic

    def __enter__(self):
        self.atomic.__enter__()
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def __exit__(self, *trouble):
        return self.atomic.__exit__(*trouble)


class _DeferredBegin:
    """A transaction of SQLite that only reads: in WAL mode it sees one moment and keeps nobody from writing."""

    def __init__(self, atomic):
        self.atomic = atomic

    def __enter__(self):
        connection.ensure_connection()
        self.mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
        self.atomic.__enter__()

    def __exit__(self, *trouble):
        try:
            return self.atomic.__exit__(*trouble)
        finally:
            connection.transaction_mode = self.mode


def _migrations() -> list[list[str]]:
    return sorted(list(key) for key in MigrationRecorder(connection).applied_migrations())


def uploaded_files():
    """Yield path and name of every uploaded file, sorted."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path, path.relative_to(root).as_posix()


def _is_folder(path: Path) -> bool:
    return path.is_dir() or not path.name.endswith((".tar.gz", ".tgz"))


def _forget_older(folder: Path, *, keep: int, say) -> None:
    found = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))
    for path in found[:-keep]:
        path.unlink()
        say(f"{path.name} gelöscht; die neuesten {keep} bleiben.")


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")
