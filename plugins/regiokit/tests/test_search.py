"""Search around the engines: parameters, pages, the number of queries, the database's own index. Answers: `search/`."""

import dataclasses
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from regiokit.search import Facet, SearchDocument, SearchSource, WrongParameter, changes, domain, faces, filters
from regiokit.search.engines import database
from regiokit.search.models import SearchEntry, SearchIndex

pytestmark = pytest.mark.usefixtures("county")

DUELMEN, COESFELD = (51.8310, 7.2780), (51.9450, 7.1680)
COLOURS = {"red": "Rot", "blue": "Blau", "green": "Grün"}
SIZES = {"big": "Groß", "small": "Klein"}


def _documents():
    rows = [
        (1, "Rettungsschwimmen lehren", "DLRG-Ortsgruppe", "am See", DUELMEN, ("red",), ("big",)),
        (2, "Vorlesen für Kinder", "Bücherei", "und Schwimmen im Sommer", DUELMEN, ("red", "blue"), ("small",)),
        (3, "Müll sammeln", "Heimatverein Groß Reken", "Straße und Wald", COESFELD, ("blue",), ("big",)),
        (4, "Telefonpatenschaft", "Seniorenbüro", "von zu Hause", (None, None), ("blue",), ("small",)),
    ]
    for pk, title, organisation, text, (lat, lon), colour, size in rows:
        ags = {DUELMEN: "05558016", COESFELD: "05558012"}.get((lat, lon), "")
        facets = {"colour": colour, "size": size}
        yield SearchDocument(
            object_id=pk,
            title=title,
            slug=f"s{pk}",
            organisation=organisation,
            text=text,
            lat=lat,
            lon=lon,
            ags=ags,
            facets=facets,
        )


def _source(open_ids=frozenset({1, 3})):
    return SearchSource(
        key="test.thing",
        label="Dinge",
        documents=lambda ids: (document for document in _documents() if ids is None or document.object_id in ids),
        load=lambda ids: {pk: f"object {pk}" for pk in ids},
        url=lambda pk, slug: f"/dinge/{pk}-{slug}/",
        list_url="test:things",
        facets=(
            Facet(name="colour", label="Farbe", labels=lambda: COLOURS),
            Facet(name="size", label="Größe", labels=lambda: SIZES),
            Facet(
                name="open_now",
                label="Offen",
                labels=lambda: {"true": "Jetzt offen"},
                live=lambda: {"true": set(open_ids)},
            ),
        ),
    )


@pytest.fixture
def ask():
    source = _source()
    database.rebuild(source)
    return lambda address: domain.search(
        source, filters.query_from(source, QueryDict(address), strict=True, want_map=True)
    )


def _ids(result):
    return {hit.object_id for hit in result.hits}


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("near=Atlantis", "near"),
        ("near=NaN,7", "near"),
        ("town=99999", "town"),
        ("radius=abc", "radius"),
        ("radius=0", "radius"),
        ("radius=1e309", "radius"),
        ("radius=NaN", "radius"),
        ("sort=password", "sort"),
        ("sort=distance", "sort"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=2", "page"),
        ("page=99999999999999999999", "page"),
        ("per_page=101", "per_page"),
        ("colour=pink", "colour"),
        ("open_now=maybe", "open_now"),
        ("q=" + "a" * 201, "q"),
        ("q=a%00b", "q"),
        ("user__password=x", "user__password"),
    ],
)
def test_wrong_values_are_named(ask, address, parameter):
    with pytest.raises(WrongParameter) as wrong:
        ask(address)
    assert wrong.value.parameter == parameter
    assert wrong.value.message


@pytest.mark.parametrize("number", [3, 60])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, number):
    source = SearchSource(
        **{
            **vars(_source()),
            "documents": lambda ids: (
                SearchDocument(
                    object_id=pk, title=f"Ding {pk}", slug="d", lat=51.9, lon=7.2, facets={"colour": ("red",)}
                )
                for pk in range(number)
            ),
        }
    )
    domain.rebuild(source)
    query = filters.query_from(source, QueryDict("q=ding&near=51.9,7.2&colour=red"), want_map=True)
    # Sets of facet values are remembered by the process.
    domain.search(source, query)
    with django_assert_num_queries(5 if connection.vendor == "sqlite" else 6):
        assert domain.search(source, query).total == number


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong():
    page = faces.result_page(_source(), QueryDict("near=Dulmenn&q=mull"), path="/dinge/")
    assert page.result is None
    assert "Dülmen" in page.errors["near"]
    assert 'value="Dulmenn"' in str(page.form["near"])


def test_the_page_without_any_parameter_shows_everything():
    source = _source()
    domain.rebuild(source)
    page = faces.result_page(source, QueryDict(""), path="/dinge/")
    assert page.result.total == 4
    assert page.chips == ()
    assert 'value="10" selected' in str(page.form["radius"])


def test_chips_remove_one_filter_each_and_pages_keep_the_question():
    source = _source()
    domain.rebuild(source)
    page = faces.result_page(
        source, QueryDict("near=Dülmen&radius=50&colour=red&colour=blue&per_page=1&page=2"), path="/dinge/"
    )
    chips = dict(page.chips)
    assert chips["Rot"] == "/dinge/?near=D%C3%BClmen&radius=50&colour=blue&per_page=1"
    assert chips["Dülmen und 50 km"] == "/dinge/?colour=red&colour=blue&per_page=1"
    assert page.previous_url == "/dinge/?near=D%C3%BClmen&radius=50&colour=red&colour=blue&per_page=1"
    assert page.next_url.endswith("page=3")


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_entry_at_once_both_succeed():
    # SQLite's database in memory, which tests use, refuses a second writer instead of letting it wait.
    writers = 4 if connection.vendor == "postgresql" else 1
    meet = threading.Barrier(writers)
    failures = []

    def documents(ids):
        # Everybody has read before anybody writes, unless the engine lets one in after the other.
        try:
            meet.wait(timeout=0.3)
        except threading.BrokenBarrierError:
            pass
        return (document for document in _documents() if ids is None or document.object_id in ids)

    source = dataclasses.replace(_source(), documents=documents)

    def write():
        try:
            database.write(source, [1], source.documents([1]))
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert SearchEntry.objects.filter(source="test.thing", object_id=1).count() == 1


def test_an_entry_that_cannot_be_read_waits_and_holds_up_no_other(caplog):
    def documents(ids):
        if 2 in ids:
            raise RuntimeError("no such column")
        return _source().documents(ids)

    domain.update("test.thing", 1, 2, 3, 4)
    bad = dataclasses.replace(_source(), documents=documents)
    assert changes.write([bad]) == 3
    assert "entry 2 of test.thing could not be written" in caplog.text
    assert set(SearchEntry.objects.values_list("object_id", flat=True)) == {1, 3, 4}
    later = timezone.now() + timedelta(seconds=3)
    assert changes.write([bad]) == changes.write([_source()]) == 0
    # Each time it waits twice as long.
    assert changes.write([bad], now=later) == changes.write([_source()], now=later) == 0
    assert changes.write([_source()], now=later + timedelta(seconds=5)) == 1
    assert changes.write([_source()], now=later + timedelta(seconds=5)) == 0
    assert SearchEntry.objects.count() == 4


def test_what_drifted_is_found_and_written_anew(ask):
    source = _source()
    assert database.differing(source) == set()
    SearchEntry.objects.filter(object_id=1).delete()
    SearchEntry.objects.filter(object_id=2).update(digest="of another state")
    left_over = SearchEntry.objects.get(object_id=3)
    left_over.pk, left_over.object_id = None, 99
    left_over.save()
    wrong = database.differing(source)
    assert wrong == {1, 2, 99}
    database.write(source, wrong, source.documents(wrong))
    assert database.differing(source) == set()
    assert _ids(ask("")) == {1, 2, 3, 4}


def test_an_index_of_another_analyser_is_not_asked_for_words(ask):
    SearchIndex.objects.update(fingerprint="older")
    assert ask("colour=red").total == 2
    assert ask("q=vorlesen").wordless
    assert domain.rebuild(_source()) == 4


def test_when_few_have_all_words_those_with_some_follow(ask):
    result = ask("q=vorlesen+kinder+wald")
    assert [hit.object_id for hit in result.hits] == [2, 3]
    assert (result.partial, result.complete) == (True, 0)
    assert ask("q=vorlesen+kinder+wald&colour=red").total == 1


def test_a_rare_word_counts_more_than_one_that_stands_everywhere():
    rows = [("Hund ausführen", ""), ("Menschen treffen", ""), ("Menschen fahren", ""), ("Menschen helfen", "")]
    documents = [
        SearchDocument(object_id=pk, title=title, slug="d", text=text) for pk, (title, text) in enumerate(rows, start=1)
    ]
    source = dataclasses.replace(_source(), documents=lambda ids: iter(documents))
    domain.rebuild(source)
    result = domain.search(source, filters.query_from(source, QueryDict("q=menschen+hund")))
    assert result.hits[0].object_id == 1
