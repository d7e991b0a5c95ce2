"""Open data: the page's questions and answers as JSON."""

import re

import pytest
from django.urls import reverse

URL = "/api/ehrenamt/v1/offers"
ROW = {
    "id", "title", "url", "summary", "organisation", "town", "lat", "lon", "distance_km", "causes", "mode", "confirmed_at",
}  # fmt: skip


def test_a_row_has_exactly_these_keys(client, live):
    offer = live()
    answer = client.get(URL, {"near": "Dülmen", "radius": "50"}).json()
    (row,) = answer["results"]
    assert set(row) == {*ROW, "highlights"}
    assert set(answer) == {
        "count",
        "page",
        "pages",
        "results",
        "facets",
        "corrections",
        "partial",
        "complete",
        "wordless",
        "degraded",
        "engine",
        "took_ms",
    }
    assert row["id"] == offer.pk
    assert row["url"].startswith("http")
    assert row["url"].endswith(offer.get_absolute_url())
    assert row["distance_km"] == round(row["distance_km"], 1)
    assert row["town"] == "Coesfeld"
    assert set(answer["facets"]) == {"cause", "time", "when", "mode", "suitable", "step_free", "expenses"}
    assert set(answer["facets"]["cause"][0]) == {"value", "label", "count", "selected"}


def test_without_a_place_there_is_no_distance(client, live):
    live(municipality_id=None, mode="online")
    (row,) = client.get(URL).json()["results"]
    assert row["distance_km"] is None
    assert row["town"] is None
    assert row["lat"] is None


def test_facets_do_not_count_their_own_selection(client, live):
    live()
    live(title="Laufen", causes=["sport"])
    facets = client.get(URL, {"cause": "sport"}).json()["facets"]["cause"]
    counts = {value["value"]: (value["count"], value["selected"]) for value in facets}
    assert counts["sport"] == (1, True)
    assert counts["school"] == (1, False)


@pytest.mark.parametrize("params", [{}, {"q": "angebot"}, {"near": "Coesfeld", "radius": "50"}, {"sort": "newest"}])
def test_page_and_interface_show_the_same_in_the_same_order(client, many, params):
    many(25)
    page = client.get(reverse("ehrenamt:offers"), params).content.decode()
    shown = re.findall(r'rk-card__title"><a href="/ehrenamt/angebote/(\d+)-', page)
    assert [int(pk) for pk in shown] == [row["id"] for row in client.get(URL, params).json()["results"]]


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"cause": "nonsense"}, "cause"),
        ({"town": "Entenhausen"}, "town"),
        ({"near": "Entenhausen"}, "near"),
        ({"page": "9"}, "page"),
        ({"per_page": "101"}, "per_page"),
        ({"radius": "x"}, "radius"),
        ({"colour": "red"}, "colour"),
        ({"sort": "distance"}, "sort"),
    ],
)
def test_wrong_parameters_are_named(client, live, params, name):
    live()
    answer = client.get(URL, params)
    assert 400 <= answer.status_code < 500
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["parameter"] == name


def test_one_offer(client, live):
    offer = live()
    answer = client.get(f"{URL}/{offer.pk}").json()
    assert set(answer) > ROW
    assert answer["accessibility"]["step_free"] == "unknown"
    assert client.get(f"{URL}/{offer.pk + 1}").status_code == 404
    assert client.get(f"{URL}/{10**30}").status_code in (404, 422)
