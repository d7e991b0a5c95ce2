"""The log: JSON in production, one line an event, an id for every request, nobody's data, and no forged lines."""

import io
import json
import logging
import logging.config
import secrets
from dataclasses import replace

import pytest
from django.conf import settings as configured
from django.db import IntegrityError
from django.test import Client

from portal.duties.urls import urlpatterns
from portal.operations.logs import logging_config, scrubbed
from portal.settings.base import LOGGING
from regiokit import links
from tests.permissions.test_matrix import addresses

pytestmark = pytest.mark.django_db
PRIVATE = sorted(route for route, _name in addresses() if "<str:token>" in route)


@pytest.fixture
def written(request):
    """What the log of this mode has written so far."""
    production = getattr(request, "param", True)
    config = logging_config(production=production, level="DEBUG")
    stream = io.StringIO()
    config["handlers"]["console"]["stream"] = stream
    logging.config.dictConfig(config)
    yield stream.getvalue
    logging.config.dictConfig(LOGGING)


def entries(text):
    return [json.loads(line) for line in text.splitlines()]


def requests(text):
    return [entry for entry in entries(text) if entry["logger"] == "portal.request"]


def test_a_request_is_one_line_of_json_with_what_operators_need(client, written):
    answer = client.get("/impressum/?name=Erika+Muster", headers={"User-Agent": "Erikas Browser"})
    (entry,) = requests(written())
    assert entry.keys() == {
        *("timestamp", "level", "logger", "event", "request_id"),
        *("method", "path", "view", "status", "ms"),
    }
    assert (entry["method"], entry["path"], entry["view"], entry["status"]) == ("GET", "/impressum/", "imprint", 200)
    assert entry["request_id"] == answer["X-Request-ID"]
    assert "Erika" not in written()
    assert "127.0.0.1" not in written()


def test_there_are_private_links_to_try():
    assert len(PRIVATE) >= 8


@pytest.mark.parametrize("route", PRIVATE)
@pytest.mark.parametrize("written", [True, False], indirect=True)
def test_a_private_link_is_never_in_the_log(client, written, route):
    token = links.sign("some.purpose", [4711, "erika@muster.de"])
    value, _time, signature = token.split(":")
    for path in (route, route.rstrip("/"), f"{route}weiter/"):
        client.get("/" + path.replace("<str:token>", token))
        client.post("/" + path.replace("<str:token>", token))
    assert written()
    assert signature not in written()
    assert value not in written()


@pytest.mark.parametrize("written", [True, False], indirect=True)
def test_the_secret_of_an_invitation_is_never_in_the_log(written):
    token = "-x7Q" + secrets.token_urlsafe(32)
    strict = Client(enforce_csrf_checks=True)
    for path in (f"/konto/einladung/{token}/", f"/konto/einladung/{token}", f"/konto/einladung/{token}/weiter/"):
        strict.get(path)
        strict.post(path, {"weiter": "1"})
    assert written().count("[") >= 6
    assert token not in written()


def test_the_reference_of_a_report_and_the_key_of_a_letter_are_kept_out(client, written):
    client.get("/barrierefreiheit/melden/B-7K4M-P2XA/")
    client.get("/postfach/8c9f3f0e-8f4c-4d1e-9d0c-0d9c1b1f7a11/")
    assert "7K4M" not in written()
    assert "8c9f3f0e" not in written()


def trusting(settings, count):
    settings.ENV = replace(configured.ENV, trusted_proxies=count)


@pytest.mark.parametrize(
    ("proxies", "given", "taken"),
    [
        (1, "3f2c1a90-1111-2222-3333-444455556666", True),
        (0, "3f2c1a90-1111-2222-3333-444455556666", False),
        (1, "kurz", False),
        (1, "a" * 65, False),
        (1, "abcdefgh\x1b[31m", False),
        (1, "abc def gh ij", False),
    ],
)
def test_an_id_is_taken_from_a_trusted_proxy_alone_and_only_when_sane(client, written, settings, proxies, given, taken):
    trusting(settings, proxies)
    answer = client.get("/impressum/", headers={"X-Request-ID": given, "X-Forwarded-Proto": "http"})
    assert (answer["X-Request-ID"] == given) is taken
    assert len(answer["X-Request-ID"]) >= 32
    assert requests(written())[-1]["request_id"] == answer["X-Request-ID"]


def test_an_error_has_its_traceback_and_its_reference_on_the_page(written, monkeypatch):
    row = "Failing row contains (Erika, 0254112345, erika@muster.de)."

    def broken(request):
        raise IntegrityError(f"duplicate key\nDETAIL:  {row}")

    monkeypatch.setattr(urlpatterns[0], "callback", broken)
    answer = Client(raise_request_exception=False).get("/impressum/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    errors = [entry for entry in entries(written()) if entry["level"] == "error"]
    assert len(errors) == 1
    assert errors[0]["request_id"] == answer["X-Request-ID"]
    assert "IntegrityError" in errors[0]["exception"]
    assert "Erika" not in written()
    assert "0254112345" not in written()


@pytest.mark.parametrize("written", [True, False], indirect=True)
def test_nobody_forges_a_line(client, written):
    logging.getLogger("portal.test").warning(
        "Anfrage von %s", "x\r\n2026-01-01 error portal alles kaputt\x1b[2J\u2028y"
    )
    client.get("/gibt%0aes%0dnicht/\u2028/")
    text = written()
    assert "\x1b" not in text
    assert "\r" not in text
    assert not any(line.startswith("2026-01-01 error") for line in text.split("\n"))
    assert len(text.splitlines()) == text.count("\n")


@pytest.mark.parametrize("written", [False], indirect=True)
def test_a_traceback_for_people_is_set_in_and_cannot_forge_lines(written):
    try:
        raise ValueError("a\n2026-01-01T00:00:00Z error portal alles kaputt")
    except ValueError:
        logging.getLogger("portal.test").exception("ging schief")
    first, *others = written().splitlines()
    assert first.endswith("ging schief")
    assert len(others) >= 3
    assert all(line.startswith("    ") for line in others)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("an erika.muster+x@kreis-coesfeld.de", "an [E-Mail]"),
        ("von 203.0.113.7 und 2001:db8::1", "von [IP] und [IP]"),
        ("GET /suche/?q=erika&x=1 war", "GET /suche/?[…] war"),
        ("Version 8.0.1, 12:30:05 Uhr", "Version 8.0.1, 12:30:05 Uhr"),
        ("wohin? Nach Hause", "wohin? Nach Hause"),
        (
            "/leben/wir-bauen-ein-haus-fuer-alle-generationen-im-dorf/",
            "/leben/wir-bauen-ein-haus-fuer-alle-generationen-im-dorf/",
        ),
    ],
)
def test_what_names_people_is_replaced_and_the_rest_stays(text, clean):
    assert scrubbed(text) == clean
