"""Rates, honeypot and time stamp of public forms."""

import time

import pytest
from django.core import signing
from django.core.cache import cache
from django.http import QueryDict
from django.test import RequestFactory

from regiokit import limits
from regiokit.pages import too_many_text


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


def test_the_try_after_the_limit_is_refused_and_says_when_to_come_back():
    for _turn in range(3):
        limits.hit("form", "192.0.2.1", limit=3, seconds=60)
    with pytest.raises(limits.TooMany) as refused:
        limits.hit("form", "192.0.2.1", limit=3, seconds=60)
    assert 0 < refused.value.retry_after <= 60
    limits.hit("form", "192.0.2.2", limit=3, seconds=60)


def test_an_address_has_enough_wherever_the_forms_come_from():
    for number in range(5):
        limits.sending(_request(f"192.0.2.{number}"), "form", address="A@example.org")
    limits.sending(_request("192.0.2.1"), "form")
    with pytest.raises(limits.TooMany) as refused:
        limits.sending(_request("192.0.2.9"), "form", address="a@example.org")
    assert refused.value.of_address


def _request(address):
    return RequestFactory().post("/", REMOTE_ADDR=address)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(20, "einer Minute"), (1800, "30 Minuten"), (89 * 60, "89 Minuten"), (5400, "2 Stunden"), (80_000, "22 Stunden")],
)
def test_people_are_told_when_it_works_again(seconds, words):
    assert words in too_many_text(limits.TooMany(seconds))


def test_the_address_itself_is_not_kept():
    limits.hit("form", "192.0.2.77", limit=3, seconds=60)
    assert not [key for key in cache._cache if "192.0.2.77" in key]


def test_a_client_cannot_choose_its_address(settings):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.4"})
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert limits.client(request) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert limits.client(request) == "198.51.100.4"


def _form(age: float | None = 5, **fields):
    data = QueryDict(mutable=True)
    if age is not None:
        data["stamp"] = signing.dumps(int(time.time() - age), salt="regiokit.limits.stamp")
    data.update(fields)
    return limits.GuardedForm(data)


def test_a_person_passes():
    assert _form().is_valid()


@pytest.mark.parametrize(
    "filled", [{"age": 0}, {"age": None}, {"age": 90_000}, {"website2": "x"}, {"age": None, "stamp": "x"}]
)
def test_machines_do_not_pass(filled):
    assert not _form(**filled).is_valid()


def test_whoever_was_too_quick_passes_at_the_second_try():
    first = _form(age=0)
    assert not first.is_valid()
    second = limits.GuardedForm(QueryDict(f"stamp={first['stamp'].value()}"))
    assert second.is_valid()
