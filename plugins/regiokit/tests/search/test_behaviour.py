"""What every engine finds, counts and in which order: one suite over all of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from regiokit.search import Facet, SearchQuery, domain

DUELMEN, COESFELD = (51.8310, 7.2780), (51.9450, 7.1680)
AGS = {DUELMEN: "05558016", COESFELD: "05558012"}
COLOURS = {"red": "Rot", "blue": "Blau", "green": "Grün", "unknown": "Nicht bekannt"}
SIZES = {"big": "Groß", "small": "Klein"}
DAY = timedelta(days=1)
TODAY = timezone.localdate()
ROWS = [
    (1, "Rettungsschwimmen lehren", "DLRG-Ortsgruppe", "am See", DUELMEN, ("red",), ("big",), None),
    (
        2,
        "Vorlesen für Kinder",
        "Bücherei",
        "und Schwimmen im Sommer",
        DUELMEN,
        ("red", "blue"),
        ("small",),
        (TODAY, TODAY),
    ),
    (
        3,
        "Müll sammeln",
        "Heimatverein Groß Reken",
        "Straße und Wald",
        COESFELD,
        ("blue",),
        ("big",),
        (TODAY + 9 * DAY, None),
    ),
    (4, "Telefonpatenschaft", "Seniorenbüro", "von zu Hause", None, (), ("small",), (None, TODAY - DAY)),
]


def _rows():
    for pk, title, organisation, text, place, colour, size, period in ROWS:
        lat, lon = place or (None, None)
        yield {
            "object_id": pk,
            "title": title,
            "slug": f"s{pk}",
            "organisation": organisation,
            "text": text,
            "lat": lat,
            "lon": lon,
            "ags": AGS.get(place, ""),
            "facets": {"colour": colour, "size": size},
            "period": period,
        }


FACETS = (
    Facet(name="colour", label="Farbe", labels=lambda: COLOURS, unknown=True),
    Facet(name="size", label="Größe", labels=lambda: SIZES),
    Facet(name="open_now", label="Offen", labels=lambda: {"true": "Jetzt offen"}, live=lambda: {"true": {1, 3}}),
    Facet(
        name="when",
        label="Wann",
        labels=lambda: {"today": "Heute", "later": "Später"},
        ranges=lambda: {"today": (TODAY, TODAY), "later": (TODAY + 5 * DAY, TODAY + 30 * DAY)},
    ),
)


@pytest.fixture
def ask(asking, make_source):
    return asking(make_source("test.thing", _rows(), facets=FACETS))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", {1, 2, 3, 4}),
        ("q=schwimmen", {1, 2}),
        ("q=SCHWIMMEN", {1, 2}),
        ("q=müll", {3}),
        ("q=muell", {3}),
        ("q=Mull", {3}),
        ("q=strasse+wald", {3}),
        ("q=gross", {3}),
        ("q=gibtesnicht", set()),
        ("q=%22%28%29%2A", {1, 2, 3, 4}),
        ("q=%22groß+reken%22", {3}),
        ("q=%22reken+groß%22", set()),
        ("q=-schwimmen", {3, 4}),
        ("q=schwimmen+-vorlesen", {1}),
        ("q=vorlesn", {2}),
        ("q=telefon", {4}),
        ("q=samm", {3}),
        ("colour=red", {1, 2}),
        ("colour=red&colour=blue", {1, 2, 3}),
        ("colour=unknown", {4}),
        ("colour=unknown&colour=red", {1, 2, 4}),
        ("colour=blue&size=big", {3}),
        ("open_now=true", {1, 3}),
        ("open_now=1&colour=red", {1}),
        ("when=today", {1, 2}),
        ("when=later", {1, 3}),
        ("when=today&when=later", {1, 2, 3}),
        ("town=Dülmen", {1, 2}),
        ("town=05558012", {3}),
        ("near=48249&radius=5", {1, 2}),
        ("near=coesfeld&radius=5", {3}),
        ("near=51.945,7.168&radius=50", {1, 2, 3}),
        ("near=51.945,7.168&radius=50&q=schwimmen&sort=relevance", {1, 2}),
    ],
)
def test_finds(ask, address, expected):
    result = ask(address)
    assert {hit.object_id for hit in result.hits} == expected
    assert result.total == len(expected)


def counts(result, name):
    (facet,) = [facet for facet in result.facets if facet.name == name]
    return {value.value: value.count for value in facet.values}


def test_a_facets_counts_ignore_its_own_selection(ask):
    without, chosen = ask("size=big"), ask("size=big&colour=red")
    assert counts(without, "colour") == counts(chosen, "colour") == {"red": 1, "blue": 1, "green": 0, "unknown": 0}
    assert counts(chosen, "size") == {"big": 1, "small": 1}
    assert counts(ask("colour=blue"), "open_now") == {"true": 1}
    assert counts(ask("open_now=true"), "open_now") == {"true": 2}
    assert counts(ask("when=today"), "when") == {"today": 2, "later": 2}


@pytest.mark.parametrize("address", ["q=e", "", "size=small", "colour=red&when=today", "near=Dülmen&radius=5"])
def test_every_count_is_what_a_click_would_show(ask, address):
    for facet in ask(address).facets:
        others = "&".join(part for part in address.split("&") if not part.startswith(f"{facet.name}="))
        for value in facet.values:
            assert value.count == ask(f"{others}&{facet.name}={value.value}").total, (facet.name, value)


def test_whoever_asked_without_facets_leaves_no_gap(asking, make_source):
    rows = [{"object_id": pk, "title": "Ding", "facets": {"size": ("big", f"s{pk}")}} for pk in (1, 2)]
    labels = {"big": "Groß", "s1": "Eins"}
    whole = make_source("test.gap", rows, facets=(Facet(name="size", label="Größe", labels=lambda: labels),))
    ask = asking(whole)
    assert domain.search(replace(whole, facets=()), SearchQuery()).total == 2
    assert counts(ask(), "size") == {"big": 2, "s1": 1}
    assert ask.ids("size=s1") == [1]


def test_undated_entries_are_in_every_range(ask):
    assert counts(ask(), "when") == {"today": 2, "later": 2}


def test_nearest_first_with_distances(ask):
    hits = ask("near=Dülmen&radius=50&sort=distance").hits
    distances = [hit.distance_km for hit in hits]
    assert distances == sorted(distances)
    assert 12 < distances[-1] < 18


def test_entries_without_a_place_are_counted_not_lost(ask):
    assert ask("near=Dülmen&radius=5").unplaced == 1
    assert ask("q=schwimmen&near=Dülmen").unplaced == 0
    assert ask("near=Dülmen&radius=5&size=big").unplaced == 0


def test_the_map_shows_the_whole_result(ask):
    result = ask("per_page=1")
    assert len(result.hits) == 1
    assert {(point.object_id, point.slug) for point in result.points} == {(1, "s1"), (2, "s2"), (3, "s3")}
    assert {(point.lat, point.lon, point.title, point.ags) for point in ask("town=05558012").points} == {
        (*COESFELD, "Müll sammeln", "05558012")
    }


def test_a_page_past_the_first_goes_on_where_it_ended(ask):
    pages = [ask.ids(f"per_page=1&page={page}") for page in (1, 2, 3, 4)]
    assert [pk for page in pages for pk in page] == ask.ids() == [4, 3, 2, 1]


def test_what_some_words_find_is_said_to_be_partial(ask):
    result = ask("q=vorlesen+müll")
    assert result.partial
    assert {hit.object_id for hit in result.hits} == {2, 3}


@pytest.mark.parametrize("beyond", ["none", "area", "all"])
def test_the_whole_county_and_online_come_along_where_wanted(asking, make_source, beyond):
    reaches = {1: "place", 2: "area", 3: "anywhere", 4: "place"}
    rows = [
        {
            "object_id": pk,
            "title": f"Ding {pk}",
            "reach": reach,
            "lat": DUELMEN[0] if pk != 4 else None,
            "lon": DUELMEN[1] if pk != 4 else None,
        }
        for pk, reach in reaches.items()
    ]
    ask = asking(make_source("test.reach", rows))
    result = ask("near=Dülmen&radius=5", beyond=beyond)
    expected = {"none": {1}, "area": {1, 2}, "all": {1, 2, 3}}[beyond]
    assert {hit.object_id for hit in result.hits} == expected
    assert {hit.object_id for hit in result.hits if hit.distance_km is not None} == {1}
    assert result.unplaced == 4 - len(expected)
    assert [(point.object_id, point.slug) for point in result.points] == [(1, "s")]


def test_whatever_is_over_is_not_found_and_not_counted(asking, make_source):
    facets = (Facet(name="size", label="Größe", labels=lambda: SIZES),)
    days = {1: TODAY - DAY, 2: TODAY, 3: None, 4: date(2099, 12, 31)}
    rows = [
        {"object_id": pk, "title": "Ding", "visible_until": day, "facets": {"size": ("big",)}}
        for pk, day in days.items()
    ]
    result = asking(make_source("test.over", rows, facets=facets))("q=ding")
    assert {hit.object_id for hit in result.hits} == {2, 3, 4}
    assert counts(result, "size") == {"big": 3, "small": 0}


def test_page_500_is_there(asking, make_source):
    rows = [{"object_id": pk, "title": "Ding", "text": "immer dasselbe"} for pk in range(1, 10_001)]
    ask = asking(make_source("test.many", rows))
    result = ask("q=ding&page=500")
    assert result.pages == 500
    assert [hit.object_id for hit in result.hits] == list(range(20, 0, -1))
    assert len(ask("q=ding&page=100&per_page=100").hits) == 100
