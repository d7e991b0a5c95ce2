"""Real processes side by side: portals with their workers, one database, Redis, a mail server."""

import os
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import dj_database_url
import psycopg
import pytest
from django.db import connections

from tests.running_site import free_port, running_site
from tests.several.mailserver import MailServer

POSTGRES = os.environ.get("DATABASE_URL", "")


@pytest.fixture(scope="module")
def mailserver():
    """A mail server that takes everything."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    """The address of a Redis of our own."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    assert program, "Redis is missing: apt install redis-server"
    port = free_port()
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path_factory.mktemp("redis"))]
    process = subprocess.Popen([program, *options], **quiet)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(scope="module")
def fresh_postgres():
    """The address of an empty database beside the one that the tests use; it is dropped in the end."""
    name = f"several_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def own_database(request, tmp_path_factory):
    """The address of an empty database, on PostgreSQL where the tests run on it, else on SQLite."""
    if POSTGRES.startswith("postgres"):
        return request.getfixturevalue("fresh_postgres")
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'portal.sqlite3'}"


@pytest.fixture(scope="module")
def shared(fresh_postgres, redis_url, mailserver):
    """The environment of portals that work side by side."""
    return {
        "DATABASE_URL": fresh_postgres,
        "REDIS_URL": redis_url,
        "EMAIL_URL": mailserver.url,
        "TRUSTED_PROXIES": "1",
        # Each demo makes a key of its own; processes that share sessions and links share the key.
        "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
    }


@pytest.fixture(scope="module")
def two_portals(tmp_path_factory, shared):
    """Base addresses of two portals on two machines: each with a worker, both on PostgreSQL and Redis."""
    with (
        running_site(tmp_path_factory.mktemp("first"), **shared) as first,
        running_site(tmp_path_factory.mktemp("second"), **shared) as second,
    ):
        yield first, second


@pytest.fixture
def rows(django_db_blocker):
    """Return a context manager that lets the models be asked in the database of a portal, as `using=rows.NAME`."""

    @contextmanager
    def of(url: str):
        defaults = {**connections.databases["default"], "OPTIONS": {}, **dj_database_url.parse(url)}
        connections.databases["portal"] = defaults
        with django_db_blocker.unblock():
            try:
                yield "portal"
            finally:
                connections["portal"].close()
                del connections["portal"]
                del connections.databases["portal"]

    return of


@pytest.fixture
def until():
    """Return a callable that waits until something another process does has come about."""
    pause = threading.Event()

    def wait(condition, *, seconds: float, what: str):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, what
            pause.wait(0.05)

    return wait
