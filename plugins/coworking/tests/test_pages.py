"""The public pages: list, map, space."""

import re

import pytest
from django.urls import reverse

from coworking.domain import lists, publishing
from coworking.models import Space

LIST = "/coworking/"


def names(response):
    return [hit.object.name for hit in response.context["page"].result.hits]


def test_the_list_names_what_a_person_needs_to_choose(client, space):
    html = client.get(LIST).content.decode()
    assert "<h1>1 Arbeitsort</h1>" in html
    for text in ("Beispielhaus Dülmen", "12 Euro am Tag", "6 Schreibtische", "Glasfaser · Drucker", 'class="rk-map'):
        assert text in html


def test_place_radius_and_distance(client, make_space):
    make_space("In Dülmen")
    make_space("In Coesfeld", municipality_id="05558012", postal_code="48653", lat=51.9418, lon=7.17)
    found = client.get(LIST, {"near": "duelmen", "radius": "10"})
    assert names(found) == ["In Dülmen"]
    html = found.content.decode()
    assert "1 Arbeitsort in Dülmen und 10 km" in html
    assert "von Dülmen" in html
    assert names(client.get(LIST, {"near": "48249", "radius": "50"})) == ["In Dülmen", "In Coesfeld"]
    assert names(client.get(LIST, {"town": "Coesfeld"})) == ["In Coesfeld"]


def test_amenities_or_within_and_counts_without_the_own_choice(client, make_space):
    make_space("Mit Drucker", amenities=["printer"])
    make_space("Mit Küche", amenities=["kitchen"])
    make_space("Leer", amenities=[])
    found = client.get(LIST, {"amenity": ["printer", "kitchen"]})
    assert sorted(names(found)) == ["Mit Drucker", "Mit Küche"]
    facet = next(f for f in found.context["page"].result.facets if f.name == "amenity")
    counts = {value.value: value.count for value in facet.values}
    assert (counts["printer"], counts["kitchen"], counts["fibre"]) == (1, 1, 0)


def test_open_now_is_asked_at_this_moment(client, make_space):
    make_space("Immer", opening_hours="24/7")
    make_space("Nie", opening_hours="2020 Jan 01 08:00-09:00")
    found = client.get(LIST, {"open_now": "true"})
    assert names(found) == ["Immer"]
    assert "Jetzt geöffnet" in found.content.decode()
    assert names(client.get(LIST, {"open_now": "1"})) == ["Immer"]


@pytest.mark.parametrize(
    "question",
    [
        {"near": "Atlantis"},
        {"amenity": "pool"},
        {"radius": "viel"},
        {"sort": "quer"},
        {"open_now": "vielleicht"},
        {"page": "x"},
    ],
)
def test_wrong_values_are_named_and_what_was_typed_stays(client, space, question):
    response = client.get(LIST, {"q": "Schreibtisch", **question})
    assert response.status_code == 400
    html = response.content.decode()
    assert "Bitte prüfen Sie Ihre Angaben" in html
    assert 'value="Schreibtisch"' in html


def test_a_page_past_the_end_does_not_exist(client, space):
    assert client.get(LIST, {"page": "7"}).status_code == 404


def test_nothing_found_leads_on_to_where_there_is_something(client, space):
    html = client.get(LIST, {"near": "Dülmen", "radius": "2"}).content.decode()
    assert re.search(r'radius=\d+"[^>]*>Im Umkreis von \d+ km suchen</a> \(1\)', html)
    html = client.get(LIST, {"near": "Dülmen", "radius": "50", "q": "hubschrauber"}).content.decode()
    assert "Ohne das Suchwort „hubschrauber“</a> (1)" in html
    assert "Ohne den Ort" not in html


@pytest.mark.parametrize("text", ["%", "'", '"', "a" * 3000, "<script>", "🏢", "\\", "Müll OR 1=1"])
def test_odd_search_words_do_no_harm(client, space, text):
    response = client.get(LIST, {"q": text})
    assert response.status_code in (200, 400)
    assert "<script>" not in response.content.decode().replace('<script defer src="', "")


def test_the_page_of_a_space_tells_everything_in_order(client, make_space, operator):
    space = make_space(
        by=operator,
        opening_hours="Mo-Fr 08:00-18:00; PH off",
        stop_name="Markt",
        stop_walk_minutes=3,
        departures_per_hour=4,
        accessibility={"wheelchair": "limited"},
        noise="quiet",
        house_rules="Bitte leise.",
        phone="0221 4710 501",
        email="geheim@operator.example",
    )
    html = client.get(space.get_absolute_url()).content.decode()
    order = ["Öffnungszeiten", "Montag", "Preise", "Was Sie vorfinden", "Lautstärke und", "So kommen Sie hin", "Haltestelle „Markt“",
             "Barrierefreiheit", "nicht bekannt, fragen Sie nach", "Geprüft am", "Hausordnung", "Betrieben von"]  # fmt: skip
    positions = [html.index(text) for text in order]
    assert positions == sorted(positions)
    assert "0221 4710 501" in html
    assert "geheim@operator.example" not in html, "the organisation has not released its e-mail address"
    assert reverse("coworking:ask_trial_day", args=[space.pk, space.slug]) in html


def test_old_names_lead_to_the_right_address(client, space):
    response = client.get(f"/coworking/spaces/{space.pk}-falsch/")
    assert (response.status_code, response["Location"]) == (301, space.get_absolute_url())


def test_drafts_and_unknown_spaces_do_not_exist(client, make_space):
    draft = make_space("Entwurf", published=False)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get("/coworking/spaces/999999-nichts/").status_code == 404
    assert client.get("/coworking/spaces/99999999999999999999-nichts/").status_code == 404
    assert names(client.get(LIST)) == []


def test_a_paused_space_is_nowhere_and_says_so(client, space, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publishing.pause_space(space)
    assert client.get(space.get_absolute_url()).status_code == 410
    assert names(client.get(LIST)) == []
    assert lists.count_spaces() == lists.count_desks() == 0
    assert lists.live_spaces(town="", limit=3) == []
    with django_capture_on_commit_callbacks(execute=True):
        publishing.resume_space(Space.objects.get(pk=space.pk))
    assert names(client.get(LIST)) == [space.name]
    assert lists.count_desks() == 6


def test_publishing_an_old_draft_turns_no_state_back(space):
    publishing.pause_space(space)
    space.get_latest_revision().publish(skip_permission_checks=True)
    assert Space.objects.get(pk=space.pk).paused


def test_an_anonymous_visitor_gets_no_cookie(client, space):
    for path in (LIST, space.get_absolute_url()):
        assert not client.get(path).cookies


@pytest.mark.parametrize("number", [3, 60])
def test_the_number_of_queries_does_not_grow(client, make_space, organisation, django_assert_max_num_queries, number):
    """Counted with everything the host's own pages cost; see also the next test."""
    owner = organisation("Viele")
    spaces = [make_space(f"Haus {index}", organisation=owner) for index in range(number)]
    client.get(LIST)
    with django_assert_max_num_queries(14):
        assert client.get(LIST, {"near": "Dülmen", "amenity": "fibre"}).status_code == 200
    with django_assert_max_num_queries(8):
        assert client.get(spaces[0].get_absolute_url()).status_code == 200


def test_the_same_number_at_3_and_at_60(client, make_space, organisation, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    owner, counts = organisation("Viele"), []
    for number in (3, 57):
        spaces = [make_space(f"Haus {index}", organisation=owner) for index in range(number)]
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as listed:
            client.get(LIST, {"near": "Dülmen"})
        with CaptureQueriesContext(connection) as detail:
            client.get(spaces[0].get_absolute_url())
        counts.append((len(listed), len(detail)))
    assert counts[0] == counts[1]


def test_a_full_list_page_is_small(client, make_space, organisation):
    import gzip

    owner = organisation("Viele")
    for index in range(20):
        make_space(f"Beispielhaus Nummer {index}", organisation=owner, lat=51.7 + index / 60, lon=7.1 + index / 60)
    assert len(gzip.compress(client.get(LIST).content)) < 14_000
