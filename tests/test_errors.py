"""Errors that help, control characters at the door, two content security policies, and what caches may keep."""

import json

import pytest
from django.test import Client

from portal.errors import server_error

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/%00", "/a%00b/", "/?q=%00", "/suche/?q=a%00b", "/%ff%fe", "/?q=%ff", "/%1b"])
def test_control_characters_and_broken_text_are_refused(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Diese Anfrage konnten wir nicht lesen" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/suche/?q=Müll%0A", "/suche/?q=%F0%9F%A7%91", "/größe/", "/%C3%A4/"])
def test_ordinary_letters_pass(client, address):
    assert client.get(address).status_code in {200, 404}


def test_foreign_host_name_gets_a_400_page(client):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "konnten wir nicht lesen" in answer.content.decode()


def test_a_text_longer_than_any_form_takes_is_told_to_be_shortened(client):
    answer = client.post("/barrierefreiheit/melden/", "text=" + "x" * 3_000_000, "application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "kürzen Sie den Text" in answer.content.decode()


def test_missing_page_offers_search_ways_on_and_telephone(client, settings):
    answer = client.get("/gibt-es-nicht/")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert 'action="/suche/"' in text
    assert text.count('class="rk-door"') >= 2
    assert settings.REGION.contact.phone in text
    assert "noindex" in text


def test_server_error_page_asks_no_database(rf, django_assert_num_queries, settings):
    with django_assert_num_queries(0):
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert settings.REGION.contact.phone in answer.content.decode()


def test_forged_form_gets_a_page_that_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/barrierefreiheit/melden/", {"text": "x"})
    assert answer.status_code == 403
    assert "noch einmal" in answer.content.decode()


def test_only_the_admin_has_the_relaxed_policy(client, admin_client):
    assert "unsafe" not in client.get("/")["Content-Security-Policy"]
    relaxed = admin_client.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in relaxed
    assert "frame-ancestors 'self'" in relaxed
    assert "unsafe" not in admin_client.get("/")["Content-Security-Policy"]


def test_caches_keep_nothing_of_people_who_are_signed_in(client, admin_client):
    assert client.get("/")["Cache-Control"] == "no-cache"
    assert client.get("/")["ETag"]
    assert admin_client.get("/")["Cache-Control"] == "private, no-store"


def test_unchanged_page_is_not_sent_again(client):
    etag = client.get("/kontakt/")["ETag"]
    assert client.get("/kontakt/", headers={"if-none-match": etag}).status_code == 304


def test_answers_of_the_interface_stay_json(client):
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    assert json.loads(answer.content)["openapi"].startswith("3.1")
