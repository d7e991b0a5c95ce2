"""Portals with the whole demo: whoever needs one first in a run of tests makes it, all others get a copy.

There is one for each kind of database; `manage.py serve` finds everything ready in a copy. The run's workers share the
folder that TESTS_SHARED names; without it nothing is copied.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SQLITE = "portal.sqlite3"
INHERITED = ("PATH", "HOME", "LANG", "PORTAL_PLUGINS")
MOVE = "UPDATE wagtailcore_site SET hostname = 'localhost', port = {}"


def fill(folder: Path, *, database: str = "", port: int = 8000) -> None:
    """Put a portal with the demo, at http://localhost:`port`, into an empty `folder` and an empty database.

    Without `database`, an address, that is SQLite in the folder. What is filled already stays as it is.
    """
    shared = os.environ.get("TESTS_SHARED")
    if not shared or (folder / "static").exists():
        return
    postgres = database if database.startswith("postgres") else ""
    prepared = _prepared(Path(shared), postgres)
    shutil.copytree(prepared, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(SQLITE))
    if postgres:
        _copy_postgres(_name(prepared), postgres, port)
        return
    place = Path(urlsplit(database).path if database else folder / SQLITE)
    shutil.copy(prepared / SQLITE, place)
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(MOVE.format(port))
        connection.commit()


def remove(shared: Path) -> None:
    """Remove what the run made."""
    if (folder := shared / "postgres").exists():
        _on_the_server(os.environ["DATABASE_URL"], f"DROP DATABASE IF EXISTS {_name(folder)}")
    shutil.rmtree(shared)


def _prepared(shared: Path, postgres: str) -> Path:
    """Return the folder to copy from. One worker makes it while the others wait."""
    folder = shared / ("postgres" if postgres else "sqlite")
    with (shared / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            beside = shared / f"{folder.name}.new"
            database = {}
            if postgres:
                _on_the_server(postgres, f"CREATE DATABASE {_name(folder)}")
                database["DATABASE_URL"] = urlsplit(postgres)._replace(path=f"/{_name(folder)}").geturl()
            _prepare(PORTAL_VAR=str(beside), PORTAL_MODE="demo", **database)
            beside.rename(folder)
    return folder


def _prepare(**environment) -> None:
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    code = "from portal.serving.preparation import prepare; prepare(demo=True, say=print)"
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=ROOT,
        env={**inherited, **environment},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _name(folder: Path) -> str:
    return "prepared_" + "".join(filter(str.isalnum, folder.parent.name)).lower()


def _copy_postgres(template: str, database: str, port: int) -> None:
    with closing(psycopg.connect(database)) as connection:
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone()[0]:
            return
    name = urlsplit(database).path[1:]
    _on_the_server(database, f"DROP DATABASE {name}", f"CREATE DATABASE {name} TEMPLATE {template}")
    with closing(psycopg.connect(database, autocommit=True)) as connection:
        connection.execute(MOVE.format(port))


def _on_the_server(address: str, *statements: str) -> None:
    with closing(psycopg.connect(urlsplit(address)._replace(path="/postgres").geturl(), autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement)
