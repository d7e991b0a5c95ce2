"""Lists without words: their counts are kept until something is written, and their pages are read in two ways."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from regiokit.search import Facet, SearchDocument, SearchQuery, domain
from regiokit.search.engines import database
from regiokit.search.engines.database import answering, asked, keeping
from regiokit.search.models import SearchEntry, SearchIndex

pytestmark = pytest.mark.usefixtures("county")
COLOURS = Facet(
    name="colour", label="Farbe", labels=lambda: {"red": "Rot", "green": "Grün", "blue": "Blau"}, unknown=True
)


@pytest.fixture
def live():
    """The live entries: every second red, every fiftieth green, the others without a colour."""
    colours = {pk: ("red",) if pk % 2 else ("green",) if pk % 50 == 0 else () for pk in range(1, 201)}
    return {
        pk: SearchDocument(
            object_id=pk,
            title=f"Ding {pk}",
            slug="s",
            lat=51.8 + pk / 10_000 if pk % 3 else None,
            lon=7.2 if pk % 3 else None,
            facets={"colour": colour},
        )
        for pk, colour in colours.items()
    }


@pytest.fixture
def source(make_source, live, settings, request, monkeypatch):
    settings.REGIOKIT_SEARCH_ENGINE = "database"
    found = replace(
        make_source(f"kept.{request.node.originalname[-40:]}", []),
        documents=lambda ids: iter([live[pk] for pk in (sorted(live) if ids is None else ids) if pk in live]),
        load=lambda ids: {pk: live[pk].title for pk in ids if pk in live},
        facets=(COLOURS,),
    )
    monkeypatch.setattr(domain, "sources", lambda: (found,))
    domain.rebuild(found)
    return found


def counts(source, **parameters):
    result = domain.search(source, SearchQuery(**parameters))
    return result.total, {value.value: value.count for value in result.facets[0].values}


def statements(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_a_list_is_counted_once_and_again_after_every_write(source, live):
    assert counts(source) == (200, {"red": 100, "green": 4, "blue": 0})
    kept = statements(lambda: counts(source))
    live[201] = SearchDocument(object_id=201, title="Ding 201", slug="s", facets={"colour": ("blue",)})
    domain.update(source, 201)
    domain.write_changes()
    assert statements(lambda: counts(source)) > kept
    assert counts(source) == (201, {"red": 100, "green": 4, "blue": 1})
    del live[1]
    domain.update(source, 1)
    domain.write_changes()
    assert counts(source) == (200, {"red": 99, "green": 4, "blue": 1})


def test_what_a_broken_off_write_would_have_counted_is_not_kept(source, live):
    before = counts(source)
    live[201] = SearchDocument(object_id=201, title="Ding 201", slug="s", facets={"colour": ("blue",)})
    with pytest.raises(RuntimeError, match="broken off"):
        _write_and_break_off(source, [live[201]])
    assert counts(source) == before


def _write_and_break_off(source, documents):
    from django.db import transaction

    with transaction.atomic():
        database.write(source, [one.object_id for one in documents], documents)
        assert counts(source)[0] == 201
        raise RuntimeError("broken off")


def test_each_choice_and_place_has_counts_of_its_own(source):
    assert counts(source, facets={"colour": frozenset({"red"})}) == (100, {"red": 100, "green": 4, "blue": 0})
    assert counts(source, facets={"colour": frozenset({"green"})})[0] == 4
    near, whole = (counts(source, point=(51.8, 7.2), radius_km=km)[0] for km in (1, 50))
    assert 0 < near < whole < 200


def test_questions_with_words_are_not_kept(source):
    keeping._kept.clear()
    assert counts(source, text="Ding")[0] == 200
    assert counts(source, text="-Ding")[0] == 0
    assert not keeping._kept


def test_a_process_keeps_so_many_lists_and_no_more(source, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 3)
    keeping._kept.clear()
    for kilometres in range(1, 9):
        counts(source, point=(51.8, 7.2), radius_km=kilometres)
    assert len(keeping._kept) == 3


@pytest.mark.parametrize("colour", ["red", "green", "unknown"])
@pytest.mark.parametrize(
    "parameters", [{"sort": "newest"}, {"sort": "distance", "point": (51.8, 7.2), "radius_km": 50}, {}]
)
def test_pages_read_in_order_and_by_an_index_are_the_same(source, colour, parameters, monkeypatch):
    query = SearchQuery(facets={"colour": frozenset({colour})}, per_page=7, **parameters)

    def pages():
        number = domain.search(source, query).pages
        return [hit for page in range(1, number + 1) for hit in domain.search(source, replace(query, page=page)).hits]

    monkeypatch.setattr(answering, "FEW", 0)
    by_index = pages()
    monkeypatch.setattr(answering, "FEW", 1_000)
    in_order = pages()
    assert [hit.object_id for hit in in_order] == [hit.object_id for hit in by_index]
    assert [hit.distance_km for hit in in_order] == [hit.distance_km for hit in by_index]
    assert len(in_order) == len({hit.object_id for hit in in_order}) == domain.search(source, query).total


def test_the_map_of_a_question_with_words_shows_the_same_places(source, monkeypatch):
    every = domain.search(source, SearchQuery(want_map=True)).points
    assert len(every) == 134
    monkeypatch.setattr(asked, "PART", 7)
    assert domain.search(source, SearchQuery(text="Ding", want_map=True)).points == every
    monkeypatch.setattr(asked, "MAP_LIMIT", 20)
    assert domain.search(source, SearchQuery(text="Ding", want_map=True)).points == every[:20]


def test_what_another_database_counted_is_not_kept(source, live):
    """As after a restore below a running process: the index is the second one again."""
    assert counts(source)[0] == 200
    SearchIndex.objects.all().delete()
    SearchEntry.objects.all().delete()
    del live[1]
    domain.rebuild(source)
    assert counts(source)[0] == 199


@pytest.mark.django_db(transaction=True)
def test_what_django_loses_with_a_table_of_sqlite_is_made_again_by_migrate(source, live):
    if connection.vendor != "sqlite":
        # PostgreSQL changes its tables where they are.
        return
    with connection.schema_editor() as editor:
        editor._remake_table(SearchEntry)
    with pytest.raises(OperationalError, match="regiokit_search_narrow"):
        domain.search(source, SearchQuery(text="Ding"))
    call_command("migrate", "regiokit", verbosity=0)
    assert counts(source, text="Ding")[0] == 200
    live[201] = SearchDocument(object_id=201, title="Neues Ding", slug="s")
    database.write(source, [1, 201], [live[201]])
    assert counts(source, text="Ding")[0] == 200
    assert counts(source, text="neu")[0] == 1
