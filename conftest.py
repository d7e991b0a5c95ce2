"""What every test run of the workspace shares: which tools are there, and what happens to tests that lack one.

A machine without Chromium, PostgreSQL or Elasticsearch skips what needs them and says so in one line; with REQUIRE_EVERYTHING=1, as in
CI, a missing tool or any skipped test is a failure.
"""

import gc
import json
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import hypothesis
import pytest

# Playwright's calls keep an event loop in the thread of the test, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Models and the states of migrations are many and live long: Python would look through them all far too often.
gc.set_threshold(50_000, 20, 100)
# A machine that is busy elsewhere is no fault of the code.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

STRICT = os.environ.get("REQUIRE_EVERYTHING") == "1"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None
)
REDIS = shutil.which("redis-server") or shutil.which("valkey-server")
ELASTICSEARCH = os.environ.get("ELASTICSEARCH_TEST_URL", "")
ELASTICSEARCH_SECOND = os.environ.get("ELASTICSEARCH_TEST_SECOND_URL", "")
POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
# Set by whoever begins the run, so that its workers know the place too.
SHARED = os.environ.get("TESTS_SHARED")
skipped = []
migrated_rows = []
migrated = sqlite3.connect(":memory:", check_same_thread=False)
"""The migrated database, page by page, where the tests run on SQLite."""


def pytest_configure(config):
    """Give the workers of this run a folder in common."""
    if not SHARED and not hasattr(config, "workerinput"):
        os.environ["TESTS_SHARED"] = tempfile.mkdtemp(prefix="portal-tests-")


def pytest_unconfigure(config):
    """Leave nothing of it."""
    migrated.close()
    if not SHARED and not hasattr(config, "workerinput"):
        from tests.prepared import remove

        remove(Path(os.environ.pop("TESTS_SHARED")))


def pytest_report_header(config):
    """Say in one line each what this machine lacks, and how to get it."""
    lines = [f"Database: {'PostgreSQL' if POSTGRES else 'SQLite'}"]
    if not CHROMIUM:
        lines.append(
            "Chromium is missing, so journeys in a browser are skipped: apt install chromium (or set CHROMIUM)"
        )
    if not POSTGRES:
        lines.append(
            "Tests for PostgreSQL alone are left out: set DATABASE_URL=postgresql://… (apt install postgresql)"
        )
    elif not REDIS:
        lines.append("Redis is missing, so tests of several portals at once are skipped: apt install redis-server")
    if not ELASTICSEARCH:
        lines.append(
            "Elasticsearch is missing, so tests of its search are skipped: start any Elasticsearch 8 and set "
            "ELASTICSEARCH_TEST_URL=http://127.0.0.1:9200"
        )
    return lines


def pytest_collection_modifyitems(config, items):
    """Skip journeys without a browser; leave out what belongs to the other database."""
    if not CHROMIUM and not STRICT:
        for item in items:
            if item.get_closest_marker("e2e"):
                item.add_marker(pytest.mark.skip(reason="Chromium is missing: apt install chromium"))
    if not REDIS and not STRICT:
        for item in items:
            if "redis_url" in item.fixturenames:
                item.add_marker(pytest.mark.skip(reason="Redis is missing: apt install redis-server"))
    if not POSTGRES:
        elsewhere = [item for item in items if item.get_closest_marker("postgres")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    # The longest file begins, and makes the portal that others copy: at the end two workers would wait for it at once.
    items.sort(key=lambda item: item.path.name != "test_backup.py")


def pytest_runtest_logreport(report):
    """Remember what was skipped."""
    if report.skipped and not hasattr(report, "wasxfail"):
        skipped.append(report.nodeid)


def pytest_sessionfinish(session, exitstatus):
    """Where nothing may be skipped, a skipped test fails the run."""
    if STRICT and skipped and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    """Name the tests that were skipped although nothing may be."""
    if STRICT and skipped:
        terminalreporter.write_line(f"REQUIRE_EVERYTHING=1, but skipped: {', '.join(skipped)}", red=True)


@pytest.fixture(autouse=True)
def empty_cache():
    """Let every test begin without counted attempts, and without what the process keeps of another one's database."""
    from django.core.cache import cache

    from portal.region import kept
    from regiokit.search.engines.database import keeping

    cache.clear()
    kept._things.clear()
    keeping._kept.clear()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of the browser."""
    assert CHROMIUM, "Chromium is missing: apt install chromium"
    return CHROMIUM


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """Return the address of an Elasticsearch. Others may use it too: give every index a prefix of your own."""
    # A tool that a machine may lack, like the browser: the header says how to get it, and CI lets nobody skip.
    if not ELASTICSEARCH and not STRICT:
        pytest.skip("Elasticsearch is missing: set ELASTICSEARCH_TEST_URL")
    assert ELASTICSEARCH, "Elasticsearch is missing: set ELASTICSEARCH_TEST_URL"
    return ELASTICSEARCH


@pytest.fixture(scope="session")
def elasticsearch_urls(elasticsearch_url) -> tuple[str, str]:
    """Return the addresses of two nodes of one Elasticsearch."""
    # As above: one node is enough for everything but the tests of a cluster.
    if not ELASTICSEARCH_SECOND and not STRICT:
        pytest.skip("Elasticsearch has no second node: set ELASTICSEARCH_TEST_SECOND_URL")
    assert ELASTICSEARCH_SECOND, "Elasticsearch has no second node: set ELASTICSEARCH_TEST_SECOND_URL"
    return elasticsearch_url, ELASTICSEARCH_SECOND


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep what the migrations wrote, and put it back after each test that really commits.

    Django would empty every table instead, and make content types and permissions anew.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            connection.connection.backup(migrated)
        else:
            rows = json.loads(connection.creation.serialize_db_to_string())
            # Content types first: whoever asks for one that is not back yet would make it anew, under another number.
            rows.sort(key=lambda row: row["model"] != "contenttypes.contenttype")
            migrated_rows.append(json.dumps(rows))
    TransactionTestCase._fixture_teardown = lambda case: _restore_what_was_migrated()


def _restore_what_was_migrated() -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        migrated.backup(connection.connection)
    else:
        _restore_rows(connection)
    ContentType.objects.clear_cache()


def _restore_rows(connection) -> None:
    from django.apps import apps
    from django.core.management import call_command
    from django.core.management.color import no_style

    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    connection.creation.deserialize_db_from_string(migrated_rows[0])
    # The rows came with their numbers: PostgreSQL's sequences go on behind them.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
    connection.close()
