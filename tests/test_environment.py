"""A missing or wrong variable stops the start with one sentence that names it, and without a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings.environment import read
from tests.running_site import free_port

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "PORTAL_MODE": "production",
    "BASE_URL": "https://portal.county.example",
    "SECRET_KEY": "0123456789" * 6,
    "EMAIL_URL": "smtp://mail.county.example:587?tls=1",
    "MAIL_FROM": "portal@county.example",
}
ELASTIC = {"SEARCH_ENGINE": "elasticsearch", "ELASTICSEARCH_URL": "http://127.0.0.1:9200"}
WRONG = [
    ("PORTAL_MODE", "life", {}),
    ("PORTAL_MODE", None, {"BASE_URL": "https://portal.county.example"}),
    ("PORTAL_MODE", None, {"BASE_URL": "http://127.evil.example"}),
    ("PORTAL_MODE", None, {"BIND": "0.0.0.0"}),
    ("PORT", "http", {}),
    ("PORT", "99999", {}),
    ("PORTAL_VAR", "/proc/nope", {}),
    ("SECRET_KEY", "short", {}),
    ("MAIL_FROM", "abc", {}),
    ("ALLOWED_HOSTS", "http://portal.county.example", {}),
    ("TRUSTED_PROXIES", "-1", {}),
    ("LOG_LEVEL", "LAUT", {}),
    ("METRICS_TOKEN", "kurz", {}),
    ("METRICS_TOKEN", "mit Leerzeichen und lang genug", {}),
    ("BASE_URL", "portal.county.example", {}),
    ("BASE_URL", "https://portal.county.example/pfad", {}),
    ("DATABASE_URL", "mysql://localhost/portal", {}),
    ("REDIS_URL", "localhost:6379", {}),
    ("SEARCH_ENGINE", "solr", {}),
    ("ELASTICSEARCH_URL", None, ELASTIC),
    ("ELASTICSEARCH_URL", "search.example:9200", ELASTIC),
    ("ELASTICSEARCH_URL", "http://search.example:viele", ELASTIC),
    ("ELASTICSEARCH_URL", "https://search.example:9200?ca_certs=/nope.pem", ELASTIC),
    ("ELASTICSEARCH_PREFIX", "Groß", ELASTIC),
    ("ELASTICSEARCH_SHARDS", "0", ELASTIC),
    ("ELASTICSEARCH_REPLICAS", "eine", ELASTIC),
    ("EMAIL_URL", "mail.county.example", {}),
    ("EMAIL_URL", "smtp://mail.county.example:viele", {}),
    ("TRUSTED_PROXIES", "einer", {}),
    ("PORTAL_REGION", "atlantis", {}),
    ("PORTAL_THEME", "../../etc", {}),
    ("PORTAL_PLUGINS", "ehrenamt,gibtsnicht", {}),
    ("BASE_URL", "http://portal.county.example", PRODUCTION),
    ("SECRET_KEY", "kurz", PRODUCTION),
    ("ALLOWED_HOSTS", "*", PRODUCTION),
    *[(name, None, PRODUCTION) for name in PRODUCTION if name != "PORTAL_MODE"],
]


def start(command, folder, **variables):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**inherited, "PORTAL_VAR": str(folder), **variables}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(("name", "value", "others"), WRONG)
def test_a_wrong_variable_is_named_in_one_sentence(tmp_path, name, value, others):
    variables = {key: text for key, text in {**others, name: value}.items() if text is not None}
    result = start(["manage.py", "check"], tmp_path, **variables)
    said = result.stdout + result.stderr
    assert result.returncode == 1
    assert name in said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


def test_the_search_engine_is_read_with_account_and_nodes(tmp_path):
    url = "https://portal:s%40fe@search-1.example:9200,https://search-2.example:9200"
    found = read({"PORTAL_VAR": str(tmp_path), **ELASTIC, "ELASTICSEARCH_URL": url, "ELASTICSEARCH_SHARDS": "2"})
    said = found.elasticsearch
    assert said["urls"] == ["https://search-1.example:9200", "https://search-2.example:9200"]
    assert (said["user"], said["password"], said["shards"], said["replicas"]) == ("portal", "s@fe", 2, 0)
    assert read({"PORTAL_VAR": str(tmp_path)}).elasticsearch == {}


@pytest.mark.parametrize(
    "variables", [{}, {"BASE_URL": "http://[::1]:8000", "BIND": "::1"}, {"BASE_URL": "http://localhost:8000"}]
)
def test_the_demo_needs_no_variable_on_this_machine(tmp_path, variables):
    assert read({"PORTAL_VAR": str(tmp_path), **variables}).mode == "demo"


def test_whoever_wants_a_public_demo_gets_it(tmp_path):
    wanted = {"PORTAL_MODE": "demo", "BASE_URL": "https://demo.county.example", "BIND": "0.0.0.0"}
    assert read({"PORTAL_VAR": str(tmp_path), **wanted}).mode == "demo"


def test_any_command_says_the_same(tmp_path):
    result = start(["manage.py", "help"], tmp_path, PORTAL_MODE="life")
    assert result.returncode == 1
    assert len((result.stdout + result.stderr).strip().splitlines()) == 1


def test_the_web_server_says_the_same(tmp_path):
    result = start(["-c", "import portal.wsgi"], tmp_path, PORTAL_MODE="life")
    assert result.returncode == 1
    assert "PORTAL_MODE" in result.stderr
    assert "Traceback" not in result.stderr


def test_secrets_are_not_repeated(tmp_path):
    result = start(["manage.py", "check"], tmp_path, **PRODUCTION | {"SECRET_KEY": "geheim-und-kurz"})
    assert "geheim-und-kurz" not in result.stdout + result.stderr


def test_production_is_refused_with_the_imprint_of_the_example_and_for_nothing_else(tmp_path):
    result = start(["manage.py", "check", "--deploy"], tmp_path, **PRODUCTION)
    assert result.returncode == 1
    assert set(re.findall(r"\((\w+\.[WE]\d+)\)", result.stdout + result.stderr)) == {"duties.E001"}


def test_a_demo_needs_nothing_and_keeps_its_key(tmp_path):
    assert start(["manage.py", "check"], tmp_path).returncode == 0
    key = (tmp_path / "secret-key").read_text()
    assert start(["manage.py", "check"], tmp_path).returncode == 0
    assert (tmp_path / "secret-key").read_text() == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/portal"),
        ("REDIS_URL", "redis://127.0.0.1:1/0"),
        ("WEB_CONCURRENCY", "2"),
    ],
)
def test_a_server_that_does_not_answer_is_named_in_one_sentence(tmp_path, name, value):
    result = start(["manage.py", "serve", "--no-demo"], tmp_path, PORT=str(free_port()), **{name: value})
    said = (result.stdout + result.stderr).strip()
    assert result.returncode == 1
    assert name in said
    assert "secret" not in said
    assert len(said.splitlines()) == 1
