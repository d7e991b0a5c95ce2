"""A question as RSS and as a calendar."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from regiokit.search.models import SearchEntry

FEEDS = ("ehrenamt:feed", "ehrenamt:calendar")


def titles(answer):
    return [item.findtext("title") for item in ElementTree.fromstring(answer.content).iter("item")]


def test_the_feed_answers_the_question_of_the_list(client, live):
    live(title="Vorlesen im Heim")
    live(title="Vorlesen & Zuhören")
    live(title="Rasen mähen", description="Der Garten braucht Sie.")
    answer = client.get(reverse("ehrenamt:feed") + "?q=vorlesen&near=Coesfeld")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert titles(answer) == ["Vorlesen & Zuhören", "Vorlesen im Heim"]
    assert not answer.cookies
    page = client.get(reverse("ehrenamt:offers") + "?q=vorlesen&near=Coesfeld").content.decode()
    assert 'type="application/rss+xml"' in page
    assert "/ehrenamt/feed/?near=Coesfeld&amp;q=vorlesen" in page


def test_readers_ask_again_for_nothing(client, live):
    live()
    first = client.get(reverse("ehrenamt:feed"))
    assert "max-age=900" in first["Cache-Control"]
    assert client.get(reverse("ehrenamt:feed"), headers={"If-None-Match": first["ETag"]}).status_code == 304
    live(title="Neu")
    assert client.get(reverse("ehrenamt:feed"), headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("question", ["?near=Nirgendwo", "?cause=unfug", "?sort=distance", "?radius=-1"])
def test_a_wrong_question_gets_a_sentence(client, county, name, question):
    answer = client.get(reverse(name) + question)
    assert answer.status_code == 400
    assert answer.content.decode().rstrip().endswith(".")


def test_the_calendar_has_what_has_a_date(client, live):
    dated, _undated = live(title="Sommerfest; mit Kaffee"), live(title="Vorlesen im Heim")
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today + timedelta(days=1)}
    SearchEntry.objects.filter(object_id=dated.pk).update(**days)
    answer = client.get(reverse("ehrenamt:calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["summary"]) == "Sommerfest; mit Kaffee"
    assert (event["dtstart"].dt, event["dtend"].dt) == (today, today + timedelta(days=2))
    assert str(event["location"]) == "Coesfeld"
    assert client.get(reverse("ehrenamt:calendar"), headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_asks_no_more_for_many_entries(client, many, live, name, django_assert_max_num_queries):
    many(3)
    with django_assert_max_num_queries(25) as few:
        client.get(reverse(name))
    many(57)
    with django_assert_max_num_queries(25) as more:
        client.get(reverse(name))
    assert len(few) == len(more)
