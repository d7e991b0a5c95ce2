"""`manage.py backup` and `restore`: every row and every file comes back, on an empty machine, on both databases.

Commands run as an operator runs them, each in a process of its own, with folders and databases of their own.
"""

import gzip
import io
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.prepared import fill

ROOT = Path(__file__).resolve().parent.parent
INHERITED = ("PATH", "HOME", "LANG", "PORTAL_PLUGINS")
SERVER = os.environ.get("DATABASE_URL", "")
POSTGRES = SERVER.startswith("postgres")

ERASED_MAIL = """
from regiokit.mail.models import OutboxMail
mail = OutboxMail.objects.create(to="a@b.de", subject="s", text="t")
number = mail.pk
mail.delete()
"""

STATE = f"""
import hashlib, json
from pathlib import Path
from django.apps import apps
from django.conf import settings
from django.db import connection
from portal.operations.backup.tables import LEFT_OUT, described, rows
tables = {{}}
for table in described():
    # JSON columns come back the same, but each database has its own way to set blanks and order in them.
    kinds = [column["kind"] for column in table["columns"]]
    lines = [[json.loads(cell) if kind == "JSONField" and cell else cell for kind, cell in zip(kinds, json.loads(line))]
             for line in rows(table)]
    tables[table["name"]] = [len(lines), hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()]
files = {{path.relative_to(settings.MEDIA_ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
         for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}}
{ERASED_MAIL}
print("STATE" + json.dumps([tables, files, number], sort_keys=True))
"""
"""All rows and files, and the number that the next mail gets: afterwards it is one further."""

VISIT = """
import json, re
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from regiokit.mail.models import OutboxMail
from regiokit.search import domain as search
settings.ALLOWED_HOSTS.append("testserver")
client, found = Client(), {}
for path in ["/", "/ehrenamt/", "/coworking/", "/impressum/", "/suche/?q=hund", "/ehrenamt/?q=vorlesen"]:
    found[path] = client.get(path).status_code
client.post(reverse("account_login"), {"login": "redaktion@demo.example"})
code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4}|[A-Z0-9-]{6,9})$", OutboxMail.objects.latest("pk").text, re.MULTILINE).group(1)
client.post(reverse("account_confirm_login_code"), {"code": code})
found["my own page"] = client.get(reverse("account_home")).status_code
found["differing"] = search.repair()
print("STATE" + json.dumps(found))
"""


class Machine:
    """One server: a folder, and a database that is dropped at the end."""

    def __init__(self, folder, *, postgres):
        self.folder = folder
        self.name = f"backup_{uuid4().hex[:12]}" if postgres else ""
        if self.name:
            self._on_the_server(f'CREATE DATABASE "{self.name}"')

    @property
    def environment(self):
        found = {name: os.environ[name] for name in INHERITED if name in os.environ}
        found |= {"PORTAL_VAR": str(self.folder), "PORTAL_MODE": "demo", "PYTHONPATH": str(ROOT)}
        if self.name:
            found["DATABASE_URL"] = urlsplit(SERVER)._replace(path=f"/{self.name}").geturl()
        return found

    def manage(self, *arguments, typed="", **options):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            **options,
        )

    def run(self, *arguments, **options):
        result = self.manage(*arguments, **options)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def asked(self, code):
        """Run Python code inside this portal and return what it prints as its state."""
        said = self.run("shell", "--no-imports", "-c", code)
        return json.loads(said.partition("STATE")[2])

    def end(self):
        if self.name:
            self._on_the_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _on_the_server(self, statement):
        import psycopg

        with closing(psycopg.connect(SERVER, autocommit=True)) as connection:
            connection.execute(statement)


@pytest.fixture
def machine(tmp_path):
    """Make further machines; ends all of them."""
    made = []

    def make(postgres=POSTGRES):
        made.append(Machine(tmp_path / f"machine-{len(made)}", postgres=postgres))
        return made[-1]

    yield make
    for one in made:
        one.end()


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal with the demo, an uploaded document that is no picture, and a mail that was erased."""
    one = Machine(tmp_path_factory.mktemp("portal"), postgres=POSTGRES)
    fill(one.folder, database=one.environment.get("DATABASE_URL", ""))
    (one.folder / "media" / "documents").mkdir(parents=True)
    (one.folder / "media" / "documents" / "satzung ä.pdf").write_bytes(os.urandom(300_000))
    one.run("shell", "--no-imports", "-c", ERASED_MAIL)
    yield one
    one.end()


@pytest.fixture(scope="module")
def archive(portal, tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "portal.tar.gz"
    portal.run("backup", "--to", str(path))
    return path


@pytest.fixture(scope="module")
def state(portal, archive):
    """What stood in the portal when the archive was made, as `STATE` says it."""
    return portal.asked(STATE)


@pytest.fixture(scope="module")
def restored(archive, tmp_path_factory):
    """A second machine, where the archive was brought back."""
    one = Machine(tmp_path_factory.mktemp("restored"), postgres=POSTGRES)
    assert "Zeilen" in one.run("restore", str(archive))
    yield one
    one.end()


def refused(result, *words):
    """One German sentence, no traceback."""
    said = result.stderr.strip()
    assert result.returncode == 1, result.stdout + said
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1
    for word in words:
        assert word in said
    return said


def untouched(one):
    """Nobody signs in, nothing lies about."""
    assert not list(one.folder.glob("media/**/*.*"))
    assert not list(one.folder.glob("*restored*"))
    if not one.name:
        with closing(sqlite3.connect(one.folder / "portal.sqlite3")) as database:
            assert database.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_everything_comes_back_on_an_empty_machine(state, restored):
    tables, files, _next_number = state
    assert len(tables) > 60
    assert tables["ehrenamt_offer"][0] > 50
    assert len(files) > 20
    # With the next number: a signed link names a row by its own, and one that was given once is never given again.
    assert restored.asked(STATE) == state
    restored.run("prepare")
    found = restored.asked(VISIT)
    assert found.pop("differing") == 0
    assert set(found.values()) == {200}


def test_a_place_with_data_is_refused_until_somebody_types_its_name(state, restored, archive):
    """Comes after the test above, which finds the same place as it was restored."""
    refused(restored.manage("restore", str(archive)), "--replace")
    refused(restored.manage("restore", str(archive), "--replace", typed="ja\n"), "Nicht bestätigt")
    assert restored.asked(STATE)[0] != state[0]
    restored.run("restore", str(archive), "--replace", typed="coesfeld\n")
    assert restored.asked(STATE) == state


def test_the_archive_is_for_its_owner_alone_and_holds_no_session(archive):
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))
    for table in ("django_session", "accounts_session", "accounts_endedsession"):
        assert f"tables/{table}.jsonl" not in names
    assert names[-1] == "manifest.json"
    assert {"version", "migrations", "tables", "files", "made_at"} <= manifest.keys()


@pytest.mark.postgres
def test_a_portal_moves_from_one_database_to_the_other_and_back(portal, archive, machine, tmp_path):
    small, large, path = machine(postgres=False), machine(postgres=True), tmp_path / "a.tar.gz"
    small.run("restore", str(archive))
    small.run("backup", "--to", str(path))
    large.run("restore", str(path))
    assert small.asked(STATE) == large.asked(STATE)


def broken(archive, path, how):
    data = bytearray(archive.read_bytes())
    if how == "cut":
        data = data[: len(data) // 2]
    elif how == "no tar":
        data = b"PK\x03\x04 etwas ganz anderes" * 100
    elif how == "one bit":
        data[len(data) // 2] ^= 4
    else:
        plain = bytearray(gzip.decompress(bytes(data)))
        at = plain.index(b"redaktion@demo.example")
        plain[at : at + 9] = b"angreifer"
        data = gzip.compress(bytes(plain))
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("how", ["cut", "no tar", "one bit", "another word"])
def test_a_broken_archive_changes_nothing(archive, machine, tmp_path, how):
    new, path = machine(), tmp_path / "broken.tar.gz"
    broken(archive, path, how)
    refused(new.manage("restore", str(path)), str(path), "Nichts wurde geändert")
    untouched(new)


def test_an_archive_that_is_not_there(machine, tmp_path):
    refused(machine().manage("restore", str(tmp_path / "fehlt.tar.gz")), "gibt es die Datei")


def rewritten(archive, path, change, without=()):
    """The same archive with another manifest, and without some members."""
    with tarfile.open(archive) as old, tarfile.open(path, "w:gz") as new:
        for member in old:
            data = old.extractfile(member).read()
            if member.name == "manifest.json":
                manifest = json.loads(data)
                change(manifest)
                data = json.dumps(manifest).encode()
                member.size = len(data)
            if member.name not in without:
                new.addfile(member, io.BytesIO(data))


def test_an_archive_of_an_older_version_is_brought_forward(state, archive, machine, tmp_path):
    """As it was written before databases knew their region."""

    def older(manifest):
        manifest["migrations"].remove(["region", "0003_home_region"])
        manifest["tables"] = [table for table in manifest["tables"] if table["name"] != "region_homeregion"]

    new, path = machine(), tmp_path / "older.tar.gz"
    rewritten(archive, path, older, without={"tables/region_homeregion.jsonl"})
    new.run("restore", str(path))
    before, after = dict(state[0]), new.asked(STATE)
    assert after[0].pop("region_homeregion")[0] == 0
    assert before.pop("region_homeregion")[0] == 1
    assert after == [before, *state[1:]]
    new.run("prepare")
    assert new.asked(STATE)[0]["region_homeregion"][0] == 1


def test_an_archive_of_a_newer_version_is_refused(archive, machine, tmp_path):
    new, path = machine(), tmp_path / "newer.tar.gz"
    rewritten(archive, path, lambda manifest: manifest["migrations"].append(["ehrenamt", "0099_from_the_future"]))
    refused(new.manage("restore", str(path)), "neueren Version", "ehrenamt.0099_from_the_future")
    untouched(new)


def test_a_full_disk_leaves_no_archive(portal, tmp_path):
    def small_files_only():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    result = portal.manage("backup", "--to", str(tmp_path / "full"), preexec_fn=small_files_only)
    refused(result, "lässt sich nicht schreiben")
    assert list((tmp_path / "full").iterdir()) == []


def test_a_full_disk_restores_nothing(archive, machine):
    def small_files_only():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    new = machine()
    refused(new.manage("restore", str(archive), preexec_fn=small_files_only), "nichts wurde geändert")
    untouched(new)


def test_files_that_cannot_take_their_place_leave_the_database_alone(archive, machine):
    new = machine()
    (new.folder / "media").mkdir(parents=True)
    # Where the old files would be kept meanwhile, something else stands.
    (new.folder / "media.before").write_text("")
    refused(new.manage("restore", str(archive)), "nichts wurde geändert")
    untouched(new)


def test_only_the_newest_archives_stay(portal, tmp_path):
    folder = tmp_path / "archives"
    folder.mkdir()
    for day in ("01", "02", "03"):
        (folder / f"portal-2026-01-{day}T000000Z.tar.gz").touch()
    (folder / "andere-datei.tar.gz").touch()
    portal.run("backup", "--to", str(folder), "--keep", "2")
    left = sorted(path.name for path in folder.iterdir())
    assert left[:2] == ["andere-datei.tar.gz", "portal-2026-01-03T000000Z.tar.gz"]
    assert len(left) == 3
