"""`manage.py doctor`: every check is made to fail by really breaking what it looks at."""

import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
from collections import namedtuple
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from portal.accounts.domain.staff import EDITORS, make_staff
from portal.operations import stamp
from portal.operations.doctor import Level
from portal.operations.doctor.registry import CHECKS
from regiokit.mail.models import OutboxMail
from regiokit.places.models import Municipality
from regiokit.search.models import SearchChange, SearchCombination, SearchEntry, SearchIndex
from regiokit.worker.models import WorkerBeat
from regiokit.worker.running import SELF
from tests.running_site import free_port

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.django_db
GOOD, WARNING, ERROR = Level


def ask(name):
    """Run the check of this name."""
    (found,) = [check.run() for check in CHECKS if check.name == name]
    assert bool(found.mend) is (found.level is not GOOD)
    return found


@pytest.fixture
def production(settings, tmp_path):
    """The settings of a production, with a data folder of its own; returns a function that changes its environment."""
    settings.MODE, settings.MEDIA_ROOT, settings.STATIC_ROOT = "production", tmp_path / "media", tmp_path / "static"

    def change(**fields):
        settings.ENV = replace(settings.ENV, **fields)

    change(mode="production", var=tmp_path)
    return change


def test_every_check_has_a_test():
    text = Path(__file__).read_text()
    assert len(CHECKS) > 20
    assert [check.name for check in CHECKS if f'ask("{check.name}")' not in text] == []


def test_mode(settings):
    assert ask("mode").level is GOOD
    settings.BASE_URL = "https://demo.kreis.de"
    assert ask("mode").level is WARNING


def test_secret_key(settings):
    settings.SECRET_KEY = "geheim" * 10
    assert ask("secret_key").level is ERROR
    assert "geheimgeheim" not in ask("secret_key").text
    settings.SECRET_KEY = "kJ8_2mXq9-ZtR4vLw7cYbN1sHd6GfP0aEu3TiOxQ5rKjVzWyMB"
    assert ask("secret_key").level is GOOD


def test_variables(monkeypatch):
    assert ask("variables").level is GOOD
    monkeypatch.setenv("PORTAL_REGOIN", "coesfeld")
    assert "PORTAL_REGOIN" in ask("variables").text


def test_proxies(production):
    assert ask("proxies").level is ERROR
    production(trusted_proxies=1)
    assert ask("proxies").level is GOOD


def test_shared_cache(production, monkeypatch):
    assert ask("shared_cache").level is WARNING
    monkeypatch.setenv("WEB_CONCURRENCY", "2")
    assert ask("shared_cache").level is ERROR
    production(redis_url="redis://127.0.0.1/0")
    assert ask("shared_cache").level is GOOD


def test_imprint(production, settings):
    found = ask("imprint")
    assert (found.level, "contact.phone" in found.text) == (ERROR, True)
    settings.MODE = "demo"
    assert ask("imprint").level is WARNING


def test_permissions(production, tmp_path):
    tmp_path.chmod(0o755)
    assert ask("permissions").level is WARNING
    tmp_path.chmod(0o750)
    assert ask("permissions").level is GOOD
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(0o644)
    assert ask("permissions").level is ERROR


def run(folder, *arguments, **variables):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**inherited, "PORTAL_VAR": str(folder), **variables}
    return subprocess.run(
        [sys.executable, "manage.py", "doctor", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_database_that_does_not_answer_is_named_and_the_rest_is_still_examined(tmp_path):
    assert ask("database").level is GOOD
    result = run(
        tmp_path, "--json", DATABASE_URL="postgresql://niemand:geheim@127.0.0.1:1/portal", PORT=str(free_port())
    )
    said = json.loads(result.stdout)
    levels = {entry["check"]: entry["level"] for entry in said["checks"]}
    assert (result.returncode, said["level"], levels["database"]) == (2, "error", "error")
    assert levels["disk"] == "good"
    assert "outbox" not in levels
    assert "geheim" not in result.stdout + result.stderr


def test_an_empty_database_is_told_to_prepare(tmp_path):
    result = run(tmp_path, PORT=str(free_port()))
    assert result.returncode == 2
    assert "manage.py prepare" in result.stdout
    assert "gescheitert: OperationalError" not in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_migrations():
    assert ask("migrations").level is GOOD
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'duties' AND name LIKE '0002%%'")
    assert ask("migrations").level is ERROR
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = '0099_later' WHERE app = 'taggit' AND name LIKE '0001%%'")
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) SELECT 'duties', '0002_staff_permissions', applied"
            " FROM django_migrations WHERE name = '0099_later'"
        )
    assert ask("migrations").level is ERROR


def test_plugins():
    assert ask("plugins").level is GOOD
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE theater_show (id integer)")
    assert "theater_show" in ask("plugins").text


def test_cache_answers(settings):
    assert ask("cache_answers").level is GOOD
    redis = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": redis, "LOCATION": f"redis://127.0.0.1:{free_port()}/0"}}
    assert ask("cache_answers").level is ERROR
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert ask("cache_answers").level is ERROR


@contextmanager
def mail_server(*abilities):
    """A mail server that greets, tells its abilities, and refuses names and passwords."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(b"220 mail\r\n")
            for line in self.rfile:
                if line.upper().startswith(b"EHLO"):
                    for ability in ("mail", *abilities):
                        self.wfile.write(f"250-{ability}\r\n".encode())
                    self.wfile.write(b"250 OK\r\n")
                elif line.upper().startswith(b"AUTH"):
                    self.wfile.write(b"535 no\r\n")
                elif line.upper().startswith(b"QUIT"):
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 OK\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


SMTP = "django.core.mail.backends.smtp.EmailBackend"


def mail_through(settings, port, **options):
    settings.ENV = replace(configured.ENV, email_url="smtp://mail")
    settings.REGIOKIT_MAIL_TRANSPORT = {"backend": SMTP, "host": "127.0.0.1", "port": port, "timeout": 5, **options}


def test_mail_server(settings):
    assert ask("mail_server").level is GOOD
    mail_through(settings, free_port())
    assert "antwortet nicht" in ask("mail_server").text
    with mail_server() as port:
        mail_through(settings, port)
        assert ask("mail_server").level is WARNING
        mail_through(settings, port, use_tls=True)
        assert "STARTTLS" in ask("mail_server").text
    with mail_server("AUTH PLAIN") as port:
        mail_through(settings, port, username="portal", password="geheim")
        found = ask("mail_server")
        assert "Kennwort" in found.text
        assert "geheim" not in found.text + found.mend


def test_a_trial_mail_that_nobody_takes_is_one_sentence(settings):
    mail_through(settings, free_port())
    with pytest.raises(CommandError, match="Probemail"):
        call_command("doctor", mail_to="betrieb@kreis.de")


@pytest.mark.postgres
def test_clock(monkeypatch):
    assert ask("clock").level is GOOD
    with connection.cursor() as cursor:
        # Stands in front of PostgreSQL's own function of that name.
        cursor.execute(
            "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
            " $$ SELECT pg_catalog.now() - interval '5 minutes' $$"
        )
        cursor.execute("SET LOCAL search_path = public, pg_catalog")
    assert ask("clock").level is ERROR


def test_worker_alive():
    assert ask("worker_alive").level is ERROR
    WorkerBeat.objects.create(name=SELF, ran_at=timezone.now())
    assert ask("worker_alive").level is GOOD
    WorkerBeat.objects.update(ran_at=timezone.now() - timedelta(minutes=7))
    assert "7 Minuten" in ask("worker_alive").text


def test_tasks():
    assert ask("tasks").level is GOOD
    name = "regiokit.search.domain.repair"
    WorkerBeat.objects.create(name=name, ran_at=timezone.now(), error="ValueError: erika@muster.de")
    found = ask("tasks")
    assert name in found.text
    assert "muster" not in found.text


def test_outbox():
    assert ask("outbox").level is GOOD
    mail = OutboxMail.objects.create(to="erika@muster.de", subject="s", text="t", state=OutboxMail.State.FAILED)
    assert ask("outbox").level is WARNING
    mail.state, mail.due_at = OutboxMail.State.WAITING, timezone.now() - timedelta(minutes=20)
    mail.save()
    found = ask("outbox")
    assert (found.level, "20 Minuten" in found.text) == (ERROR, True)
    assert "muster" not in found.text


def test_search_entries():
    call_command("rebuild_search", verbosity=0)
    assert ask("search_entries").level is GOOD
    index = SearchIndex.objects.first()
    nothing = SearchCombination.objects.create(pk=1, source=index.source, facets={})
    SearchEntry.objects.create(
        source=index.source,
        generation=index.generation,
        object_id=999_999,
        title="weg",
        slug="weg",
        combination=nothing,
    )
    assert ask("search_entries").level is WARNING


def test_search_engine(settings):
    call_command("rebuild_search", verbosity=0)
    assert ask("search_engine").level is GOOD
    SearchChange.objects.bulk_create(SearchChange(engine="database", source="x", object_id=pk) for pk in range(1001))
    assert ask("search_engine").level is WARNING
    SearchIndex.objects.update(fingerprint="older")
    found = ask("search_engine")
    assert (found.level, found.mend) == (ERROR, "manage.py rebuild_search")
    settings.REGIOKIT_SEARCH_ENGINE = "elasticsearch"
    settings.REGIOKIT_ELASTICSEARCH = {"urls": [f"http://127.0.0.1:{free_port()}"]}
    found = ask("search_engine")
    assert (found.level, "antwortet nicht" in found.text) == (ERROR, True)


def test_places():
    Municipality.objects.all().delete()
    assert ask("places").level is ERROR
    call_command("load_places", configured.REGION.slug, verbosity=0)
    assert ask("places").level is GOOD


def test_second_factor(production, django_user_model):
    django_user_model.objects.create_user("verein@verein.example")
    assert ask("second_factor").level is GOOD
    editor = make_staff("amt@kreis.example", group=EDITORS)
    make_staff("chefin@kreis.example", administrator=True)
    assert "ohne zweiten Faktor: 2." in ask("second_factor").text
    Authenticator.objects.create(user=editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert "ohne zweiten Faktor: 2." in ask("second_factor").text
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={})
    assert "ohne zweiten Faktor: 1." in ask("second_factor").text


def test_backup(production, tmp_path):
    assert ask("backup").level is ERROR
    stamp.write(tmp_path, path=tmp_path / "a.tar.gz", size=1)
    assert ask("backup").level is GOOD
    said = json.loads((tmp_path / stamp.NAME).read_text())
    said["at"] = (timezone.now() - timedelta(days=5)).isoformat()
    (tmp_path / stamp.NAME).write_text(json.dumps(said))
    assert "5 Tage" in ask("backup").text


@pytest.mark.parametrize(("megabytes", "level"), [(100, ERROR), (1000, WARNING), (50_000, GOOD)])
def test_disk(monkeypatch, megabytes, level):
    """No test fills a disk: the operating system's answer is replaced."""
    usage = namedtuple("usage", "free")
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage(megabytes * 1024 * 1024))
    assert ask("disk").level is level


def test_media(production, settings, tmp_path):
    assert ask("media").level is GOOD
    settings.MEDIA_ROOT = tmp_path / "file"
    (tmp_path / "file").write_text("kein Ordner")
    assert ask("media").level is ERROR


def test_static_files(production, tmp_path):
    assert ask("static_files").level is ERROR
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text("{}")
    assert ask("static_files").level is GOOD


@contextmanager
def web_server(status):
    """A web server that answers everything with this status."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self):
            while self.rfile.readline().strip():
                pass
            self.wfile.write(f"HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.mark.parametrize(("status", "level"), [(200, GOOD), (301, ERROR), (503, WARNING), (502, ERROR)])
def test_reachable(settings, status, level):
    with web_server(status) as port:
        settings.BASE_URL = f"http://127.0.0.1:{port}"
        assert ask("reachable").level is level


def test_an_address_where_nobody_listens(settings):
    settings.BASE_URL = f"http://127.0.0.1:{free_port()}"
    assert ask("reachable").level is WARNING


def test_certificate(settings):
    settings.BASE_URL = "http://127.0.0.1"
    assert ask("certificate").level is GOOD
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        settings.BASE_URL = f"https://127.0.0.1:{silent.getsockname()[1]}"
        assert ask("certificate").level is WARNING


def test_a_check_that_raises_is_an_error_and_holds_up_nothing(monkeypatch):
    from portal.operations.doctor import examine

    broken = CHECKS[0]
    monkeypatch.setitem(broken.__dict__, "run", lambda: 1 / 0)
    found = {check.name: finding for check, finding in examine()}
    assert found[broken.name].level is ERROR
    assert len(found) == len(CHECKS)
    cache.clear()
