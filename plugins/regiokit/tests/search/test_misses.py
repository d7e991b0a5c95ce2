"""Words that found nothing are counted without a trace of who asked, and shown once they are many."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from ehrenamt.search import source
from regiokit.search import misses
from regiokit.search.faces import result_page
from regiokit.search.models import SearchMiss

pytestmark = pytest.mark.usefixtures("county")


def look_for(address, agent="Mozilla/5.0 (X11; Linux x86_64)"):
    request = RequestFactory().get(f"/ehrenamt/?{address}", headers={"User-Agent": agent})
    misses.count_miss(source, result_page(source, QueryDict(address), path="/ehrenamt/"), request)
    misses.write_waiting()


def counted():
    return {(row.word, row.town): row.count for row in SearchMiss.objects.all()}


def test_a_visit_is_counted_when_its_answer_is_out(client):
    client.get("/ehrenamt/", {"q": "Drachen"}, headers={"User-Agent": "Mozilla/5.0"})
    client.get("/coworking/", {"q": "Sauna"}, headers={"User-Agent": "Mozilla/5.0"})
    assert counted() == {("drachen", ""): 1, ("sauna", ""): 1}


def test_words_and_town_are_counted():
    look_for("q=Drachenflüge&near=Dülmen")
    look_for("q=Drachenflüge")
    assert counted() == {("drachenfluge", "05558016"): 1, ("drachenfluge", ""): 1}


def test_the_same_word_counts_once_a_minute_and_twenty_times_a_day():
    look_for("q=drachen")
    look_for("q=drachen")
    assert counted() == {("drachen", ""): 1}
    for _minute in range(30):
        cache.clear()
        look_for("q=drachen")
    assert counted() == {("drachen", ""): misses.MOST_A_DAY}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "q=petra@example.org",
        "q=0221+4710110",
        "q=xkcdqwrtz",
        "q=aaaaaa",
        "q=ein+sehr+langer+Satz+mit+vielen+Worten",
        "q=drachen&cause=sport",
        f"q={'a' * 31}",
    ],
)
def test_what_no_word_of_a_person_looks_like_is_not_counted(address):
    look_for(address)
    assert counted() == {}


def test_programs_are_not_counted():
    look_for("q=drachen", agent="Mozilla/5.0 (compatible; Examplebot/2.1)")
    assert counted() == {}


def test_a_day_takes_only_so_many_new_words(monkeypatch):
    monkeypatch.setattr(misses, "MOST_NEW_A_DAY", 2)
    for word in ("drachen", "kanu", "ballett"):
        look_for(f"q={word}")
    assert {word for word, _town in counted()} == {"drachen", "kanu"}


def test_rare_words_are_shown_nowhere_and_towns_neither():
    today = timezone.localdate()
    rows = [("drachen", "05558016", 4), ("drachen", "05558012", 2), ("kanu", "", 4), ("ballett", "05558016", 5)]
    SearchMiss.objects.bulk_create(
        SearchMiss(source=source.key, word=word, town=town, day=today, count=count) for word, town, count in rows
    )
    shown = {row.word: (row.total, row.place, row.area) for row in misses.often_missed()}
    assert shown == {"drachen": (6, None, "Angebote"), "ballett": (5, "Dülmen", "Angebote")}


def test_what_is_a_year_old_goes():
    today = timezone.localdate()
    for days in (0, 100, 400):
        SearchMiss.objects.create(source=source.key, word="kanu", day=today - timedelta(days))
    assert misses.erase(before=timezone.now() - timedelta(365)) == 1
    assert SearchMiss.objects.count() == 2
