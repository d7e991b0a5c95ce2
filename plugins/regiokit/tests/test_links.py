"""Signed links: one purpose, one time span, no change goes unnoticed."""

from datetime import timedelta

import pytest
from django.core import signing

from regiokit import links

DAY = timedelta(days=1)


def test_a_link_gives_back_its_value():
    assert links.read("answer", links.sign("answer", [7, "new"]), max_age=DAY) == [7, "new"]


def test_a_link_opens_nothing_else():
    with pytest.raises(links.LinkAltered):
        links.read("withdraw", links.sign("answer", 7), max_age=DAY)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\x00", "ä" * 50, "A" * 100_000])
def test_nonsense_is_refused(token):
    with pytest.raises(links.LinkAltered):
        links.read("answer", token, max_age=DAY)


def test_every_changed_letter_is_noticed():
    token = links.sign("answer", 7)
    for position in range(0, len(token), 5):
        changed = token[:position] + ("A" if token[position] != "A" else "B") + token[position + 1 :]
        with pytest.raises(links.LinkError):
            links.read("answer", changed, max_age=DAY)


def test_a_link_expires(monkeypatch):
    token = links.sign("answer", 7)
    later = signing.time.time() + DAY.total_seconds() + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)
    with pytest.raises(links.LinkExpired):
        links.read("answer", token, max_age=DAY)
