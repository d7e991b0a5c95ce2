"""Completions while typing: places, words of the entries, and nothing that would be an error."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regiokit.places.domain import UnknownPlace, resolve, suggest_places

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}

pytestmark = pytest.mark.usefixtures("county")

DISTRICTS = {
    "Dülmen": ["Buldern", {"name": "Rorup", "lat": 51.9, "lon": 7.26}],
    "Coesfeld": ["Lette"],
    "Nottuln": ["Lette"],
    "Nirgendwo": ["Traumstadt"],
}


@pytest.fixture(autouse=True)
def _districts(settings):
    settings.REGIOKIT_DISTRICTS = DISTRICTS


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("dü", ["Dülmen"]),
        ("DUEL", ["Dülmen"]),
        ("bul", ["Buldern (Dülmen)"]),
        ("let", ["Lette (Coesfeld)", "Lette (Nottuln)"]),
        ("486", ["48653 Coesfeld"]),
        ("traum", []),
        ("", []),
        ("!", []),
        ("99999", []),
    ],
)
def test_places_are_completed(typed, labels):
    assert suggest_places(typed) == labels


def test_towns_come_before_districts_and_every_label_is_understood():
    labels = suggest_places("n")
    assert labels[:2] == ["Nordkirchen", "Nottuln"]
    for letter in "abcdefghijklmnopqrstuvwxyz4":
        for label in suggest_places(letter):
            assert resolve(label).municipality


@pytest.mark.parametrize("typed", ["Buldern", "buldern", "Buldern (Dülmen)", "Dülmen-Buldern"])
def test_a_district_without_a_point_leads_to_its_town(typed):
    place = resolve(typed)
    assert (place.label, place.municipality.name, place.district) == ("Dülmen", "Dülmen", "Buldern")


def test_a_district_with_a_point_is_a_place_of_its_own():
    place = resolve("Rorup")
    assert (place.label, place.point.lat, place.district) == ("Rorup (Dülmen)", 51.9, "")


def test_a_district_of_two_towns_asks_which():
    with pytest.raises(UnknownPlace, match=r"Lette \(Coesfeld\), Lette \(Nottuln\)"):
        resolve("Lette")
    assert resolve("Coesfeld-Lette").municipality.name == "Coesfeld"


def test_a_typing_error_in_a_district_is_told():
    with pytest.raises(UnknownPlace, match=r"Buldern \(Dülmen\)"):
        resolve("Bulldern")


@pytest.mark.parametrize("path", ["/ehrenamt/vorschlaege/", "/coworking/vorschlaege/", "/suche/vorschlaege/"])
@pytest.mark.parametrize(
    "question", ["", "q=", "q=x", "near=", "near=%00", "q=" + "x" * 5000, "q=%22%25_%27", "near=" + "9" * 500]
)
def test_a_suggestion_is_a_help_and_never_an_error(client, path, question):
    answer = client.get(f"{path}?{question}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert answer.json() == {"suggestions": []}
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies


def test_words_and_places_are_answered_in_few_queries(client):
    from ehrenamt.search import source
    from regiokit.search.models import SearchSuggestion

    rows = [("cause", "Kultur und Musik", "kultur und musik"), ("title", "Kulturbus fahren", "kulturbus fahren")]
    SearchSuggestion.objects.bulk_create(
        SearchSuggestion(source=source.key, kind=kind, label=label, folded=folded, entries=9 - number)
        for number, (kind, label, folded) in enumerate(rows)
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get("/ehrenamt/vorschlaege/", {"q": "Kult"}).json()
    assert answer["suggestions"][0] == {"label": "Kultur und Musik", "kind": "Bereich"}
    assert len(asked) <= 4
    assert client.get("/ehrenamt/vorschlaege/", {"q": "Olf"}).json() == {
        "suggestions": [{"label": "Olfen", "kind": "Ort"}]
    }
    assert client.get("/coworking/vorschlaege/", {"near": "olf"}).json() == {
        "suggestions": [{"label": "Olfen", "kind": ""}]
    }


def test_completions_are_read_from_the_index_alone(county):
    """Two letters begin tens of thousands of rows of a large portal: a scan of the table would take a second."""
    from regiokit.search.engines import database

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(connection) as asked:
            database.suggest(["ehrenamt.offer", "coworking.space"], "ku", limit=8)
        cursor.execute(f"{EXPLAIN[connection.vendor]} {asked[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "regiokit_search_beginning" in plan
    assert "folded>? AND folded<?" in plan or "folded ~>=~ 'ku'" in plan, plan


@pytest.mark.parametrize(("typed", "found"), [("ku", ["kuh", "kur", "kuz"]), ("kur", ["kur"]), ("k_", []), ("k%", [])])
def test_a_beginning_is_taken_as_it_stands(typed, found):
    from regiokit.search.engines import database
    from regiokit.search.models import SearchSuggestion

    SearchSuggestion.objects.bulk_create(
        SearchSuggestion(source="a", kind="title", label=label, folded=label)
        for label in ("kuh", "kuz", "kur", "kv", "k")
    )
    SearchSuggestion.objects.create(source="b", kind="title", label="kuckuck", folded="kuckuck")
    assert [one.label for one in database.suggest(["a"], typed, limit=8)] == found
