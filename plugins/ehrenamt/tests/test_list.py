"""What the list of offers does with a question: facets that lose nothing, places, addresses, ways on."""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from ehrenamt.domain import offers
from ehrenamt.search import days, source
from regiokit.search import domain
from regiokit.search.faces import result_page
from regiokit.search.filters import query_from

LIST = "/ehrenamt/"


def found(address):
    return {hit.object.title for hit in domain.search(source, query_from(source, QueryDict(address))).hits}


def counts(address, name):
    result = domain.search(source, query_from(source, QueryDict(address)))
    (facet,) = [facet for facet in result.facets if facet.name == name]
    return {value.value: value.count for value in facet.values}


def page_of(client, address):
    return unescape(client.get(f"{LIST}?{address}").content.decode())


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)])
def test_the_week_ends_on_sunday(monkeypatch, today):
    monkeypatch.setattr(timezone, "localdate", lambda: today)
    sunday = date(2026, 11, 29)
    assert days() == {"sunday": (today, sunday), "weekend": (max(today, date(2026, 11, 28)), sunday)}


def test_offers_without_dates_are_in_every_question_about_days(live):
    today = timezone.localdate()
    live(title="Ohne Tage", time="once")
    live(title="Erst im nächsten Monat", time="once", starts_on=today + timedelta(30), ends_on=today + timedelta(30))
    live(title="Läuft gerade", time="project", starts_on=today - timedelta(9), ends_on=today + timedelta(9))
    live(title="Jede Woche", time="weekly", starts_on=today - timedelta(9))
    always = {"Ohne Tage", "Läuft gerade", "Jede Woche"}
    assert found("when=sunday") == found("when=weekend") == always
    assert found("when=regular") == {"Jede Woche"}
    assert found("when=open") == {"Jede Woche"}
    assert found("when=ending") == {"Erst im nächsten Monat", "Läuft gerade"}
    assert found("when=unknown") == {"Ohne Tage"}
    assert found("when=unknown&when=open") == {"Ohne Tage", "Jede Woche"}


def test_what_nobody_has_said_is_a_value_of_its_own(live):
    live(title="Mit Rampe", step_free="yes", expenses="no", suitable_for=["groups"])
    live(title="Mit Treppe", step_free="no")
    live(title="Fragen Sie nach")
    assert counts("", "step_free") == {"yes": 1, "no": 1, "unknown": 1}
    assert counts("step_free=yes", "step_free") == {"yes": 1, "no": 1, "unknown": 1}
    assert found("step_free=unknown") == {"Fragen Sie nach"}
    assert counts("", "expenses") == {"yes": 0, "no": 1, "unknown": 2}
    assert found("suitable=unknown&suitable=groups") == {"Mit Rampe", "Mit Treppe", "Fragen Sie nach"}


def test_offers_without_a_place_can_be_switched_on_and_off(client, live):
    live(title="In Dülmen", municipality_id="05558016")
    live(title="Im ganzen Kreis", municipality_id=None, mode="area")
    live(title="Von zu Hause", municipality_id=None, mode="online")
    assert found("near=Dülmen") == {"In Dülmen", "Im ganzen Kreis"}
    assert found("near=Dülmen&beyond=all") == {"In Dülmen", "Im ganzen Kreis", "Von zu Hause"}
    assert found("near=Dülmen&beyond=none") == {"In Dülmen"}
    assert found("town=Dülmen&beyond=none") == {"In Dülmen"}
    page = page_of(client, "near=Dülmen&sort=distance")
    assert page.index("In Dülmen</a>") < page.index("Im ganzen Kreis</a>")
    assert "1 weiteres Angebot hat keinen festen Ort" in page
    assert "beyond=all" in page
    page = page_of(client, "near=Dülmen&beyond=all")
    assert "auch im ganzen Kreis und online" in page
    assert "ohne festen Ort mit ansehen" not in page


def test_without_a_place_nobody_is_asked_about_places(client, live):
    live()
    assert 'name="beyond"' not in page_of(client, "")
    assert 'name="beyond"' in page_of(client, "near=Coesfeld")
    assert "Bitte prüfen Sie Ihre Angaben" in page_of(client, "beyond=nonsense")


def test_a_district_leads_to_its_town_and_says_so(client, live):
    live(title="In Dülmen", municipality_id="05558016")
    page = page_of(client, "near=Buldern&radius=2")
    assert "1 Angebot in Dülmen und 2 km" in page
    assert "Buldern gehört zu Dülmen. Wir messen ab der Mitte von Dülmen." in page
    assert 'value="Buldern"' in page


def test_found_words_are_marked_and_nothing_else_is_markup(client, live):
    live(title="Kindern <b>vorlesen</b>", description="Ein Nachmittag mit Büchern & Tee im Haus am Markt.")
    page = client.get(LIST, {"q": "vorlesen tee"}).content.decode()
    assert "Kindern &lt;b&gt;<mark>vorlesen</mark>&lt;/b&gt;" in page
    assert "&amp; <mark>Tee</mark>" in page


def test_a_typing_error_is_told_and_mended(client, live):
    live(title="Kindern Bücher vorlesen")
    page = page_of(client, "q=vorlehsen")
    assert "Gesucht nach „vorlesen“ statt „vorlehsen“" in re.sub(r"</?strong>", "", page)
    assert "<mark>vorlesen</mark>" in page


def test_the_word_that_was_meant_is_written_as_people_write_it(client, live):
    live(title="Fußballtrainer gesucht", causes=["sport"])
    shown = result_page(source, QueryDict("q=fussbaltrainer"), path=LIST)
    assert [(word.typed, word.meant) for word in shown.meant] == [("fussbaltrainer", "Fußballtrainer")]
    assert parse_qs(urlsplit(shown.meant_url).query) == {"q": ["Fußballtrainer"]}


def test_what_was_meant_comes_first_when_a_filter_leaves_nothing(client, live):
    live(title="Bücher Vorlesen", causes=["school"])
    page = page_of(client, "q=vorlehsen&cause=sport")
    assert re.search(r'href="/ehrenamt/\?q=Vorlesen"[^>]*>Meinten Sie „Vorlesen“\?</a> \(1\)', page)
    assert page.index("Meinten Sie „Vorlesen“?") < page.index("Ohne den Filter „Sport und Bewegung“</a> (1)")


def test_nothing_found_leads_on_with_the_numbers_it_will_show(client, live):
    live(title="Weit weg", municipality_id="05558012", causes=["sport"])
    page = page_of(client, "near=Olfen&radius=2&cause=sport")
    wider, fewer = (
        re.search(r'href="([^"]+)"[^>]*>Im Umkreis von (\d+) km suchen</a> \((\d+)\)', page),
        page.find("Ohne den Ort Olfen"),
    )
    assert wider
    assert 0 < wider.start() < fewer
    assert "Ohne den Filter „Sport" not in page
    shown = client.get(wider[1]).content.decode()
    assert f"{wider[3]} Angebot in Olfen und {wider[2]} km" in shown


@pytest.mark.parametrize(
    ("address", "canonical", "kept"),
    [
        ("", "", True),
        ("page=1", "", True),
        ("cause=school", "?cause=school", True),
        ("town=Coesfeld", "?town=Coesfeld", True),
        ("cause=school&q=", "?cause=school", True),
        ("cause=school&cause=sport", "", False),
        ("cause=school&time=weekly", "", False),
        ("cause=school&sort=newest", "", False),
        ("q=vorlesen", "", False),
        ("near=Coesfeld", "", False),
        ("nonsense=1", "", False),
    ],
)
def test_robots_keep_the_list_and_single_filters_only(client, live, address, canonical, kept):
    live()
    page = page_of(client, address)
    assert re.search(rf'<link rel="canonical" href="[^"?]*{LIST}{re.escape(canonical)}">', page)
    assert ('content="noindex, follow"' not in page) == kept


def test_a_robot_that_follows_every_link_comes_to_an_end(client, many, county):
    many(60)
    towns = len(county.municipalities)
    waiting, seen = [LIST], set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page = client.get(address).content.decode()
        for link in re.findall(r"<a [^>]*>", page):
            target = unescape(re.search(r'href="([^"]*)"', link)[1])
            here = target.startswith((f"{LIST}?", "?")) or target == LIST
            if here and 'rel="nofollow"' not in link and target not in seen and target not in waiting:
                waiting.append(target)
        assert len(seen) < 5 * (towns + 1)
    assert len(seen) > 2


def test_a_title_that_is_public_no_more_is_not_suggested(client, live, django_capture_on_commit_callbacks):
    gone, other, third = live(title="Geheimes Fest"), live(title="Geheimes Treffen"), live(title="Geheimes Treffen")

    def suggested():
        answer = client.get(f"{LIST}vorschlaege/", {"q": "geheim"}).json()["suggestions"]
        return {one["label"] for one in answer}

    assert suggested() == {"Geheimes Fest", "Geheimes Treffen"}
    for offer, left in ((gone, {"Geheimes Treffen"}), (other, {"Geheimes Treffen"}), (third, set())):
        with django_capture_on_commit_callbacks(execute=True):
            offers.pause_offer(offer)
        assert suggested() == left


def test_the_facets_fold_and_keep_their_order(client, live):
    live()
    page = page_of(client, "expenses=unknown&cause=digital")
    assert re.search(r'id="rk-fold-expenses" open', page)
    assert re.search(r'id="rk-fold-suitable">', page)
    assert re.search(r'id="rk-more-cause" open', page)
    assert re.search(r'name="cause" value="digital" checked', page)


@pytest.mark.parametrize("number", [3, 60])
def test_nothing_found_needs_the_same_few_queries(client, many, django_assert_max_num_queries, number):
    many(number)
    address = f"{reverse('ehrenamt:offers')}?near=Olfen&radius=1&q=gibtesnicht&cause=sport&time=once"
    client.get(address)
    with django_assert_max_num_queries(80) as asked:
        assert client.get(address).status_code == 200
    COUNTS.add(len(asked))
    assert len(COUNTS) == 1


COUNTS = set()
