"""Whatever is stored and whatever is asked: the database and Elasticsearch give the same answer."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from regiokit.search import Facet, SearchDocument, SearchQuery, domain
from regiokit.search.contract import Beyond, Reach
from regiokit.search.engines import database
from regiokit.search.engines.elastic.late_pages import LATE

WORDS = ("Garten", "Gartenfest", "pflegen", "Kinder", "vorlesen", "Müll", "sammeln", "Feuerwehr", "Helfer*in", "Schule")
PLACES = ((51.83, 7.27), (51.94, 7.16), (51.96, 7.62), (52.5, 7.3))
COLOURS = ("red", "blue", "green")
TODAY = timezone.localdate()
DAYS = [None, TODAY - timedelta(days=40), TODAY, TODAY + timedelta(days=3), date(2099, 1, 1)]
SOON = (TODAY, TODAY + timedelta(days=7))
FACETS = (
    Facet(name="colour", label="Farbe", labels=lambda: dict.fromkeys((*COLOURS, "unknown"), ""), unknown=True),
    Facet(name="live", label="Jetzt", labels=lambda: {"true": ""}, live=lambda: {"true": set(range(0, 60, 7))}),
    Facet(name="when", label="Wann", labels=lambda: {"soon": "", "weekly": ""}, ranges=lambda: {"soon": SOON}),
)


def document(pk, chance):
    """Return a random document; ties are common, so that the order of equals is looked at too."""

    def words(most):
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    lat, lon = chance.choice([*PLACES, (None, None)])
    first, last = chance.choice(DAYS), chance.choice(DAYS)
    return SearchDocument(
        object_id=pk,
        slug="s",
        title=words(2),
        organisation=words(1),
        text=words(6),
        lat=lat,
        lon=lon,
        ags=chance.choice(["", "05558016"]),
        reach=chance.choice([Reach.PLACE, Reach.PLACE, Reach.AREA, Reach.ANYWHERE]),
        facets={
            "colour": tuple(chance.sample(COLOURS, k=chance.randint(0, 2))),
            "when": ("weekly",) if chance.random() < 0.3 else (),
        },
        period=None if first and last and last < first else (first, last),
        visible_until=chance.choice(DAYS),
        published_at=chance.choice([None, datetime(2026, 1, chance.randint(1, 28), tzinfo=UTC)]),
        confirmed_at=chance.choice([None, timezone.now() - timedelta(days=chance.choice([1, 60, 120, 400]))]),
    )


def questions():
    """Return a strategy of queries over the documents."""
    text = some.lists(some.sampled_from([*WORDS, "-Müll", '"Garten pflegen"', "Gartn", "Feuer", "und"]), max_size=3)
    return some.builds(
        SearchQuery,
        text=text.map(" ".join),
        point=some.sampled_from([None, *PLACES]),
        ags=some.sampled_from(["", "", "05558016"]),
        radius_km=some.sampled_from([2.0, 12.0, 50.0]),
        beyond=some.sampled_from(list(Beyond)),
        facets=some.fixed_dictionaries(
            {
                "colour": some.frozensets(some.sampled_from([*COLOURS, "unknown"]), max_size=2),
                "live": some.frozensets(some.just("true"), max_size=1),
                "when": some.frozensets(some.sampled_from(["soon", "weekly"]), max_size=2),
            }
        ),
        sort=some.sampled_from(["relevance", "newest", "distance"]),
        per_page=some.sampled_from([7, 100]),
        want_map=some.booleans(),
    )


def test_the_engines_agree(asking, make_source, engine):
    if engine is database:
        # It is what the other one is compared with.
        return
    chance = random.Random(8)
    source = make_source("test.agree", [document(pk, chance) for pk in range(1, 61)], facets=FACETS)
    asking(source)
    from regiokit.search.asking import ask

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(questions())
    @example(SearchQuery(text="Garten", sort="newest", per_page=7))
    @example(SearchQuery(text="Garten", sort="distance", per_page=7))
    def agree(query):
        question = ask(query.text, (source.key,))
        here = database.answer(source, query, question)
        there = engine.answer(source, query, question, deadline=None)
        assert [found.object_id for found in there.found] == [found.object_id for found in here.found]
        assert [found.points for found in there.found] == [found.points for found in here.found]
        for one, other in zip(there.found, here.found, strict=True):
            assert (one.distance_km is None) == (other.distance_km is None)
            assert abs((one.distance_km or 0) - (other.distance_km or 0)) < 1e-6
        assert (there.total, there.matching, there.unplaced) == (here.total, here.matching, here.unplaced)
        assert sorted(there.points, key=str) == sorted(here.points, key=str)
        for facet in FACETS:
            for value in facet.labels():
                assert there.counts[facet.name].get(value, 0) == here.counts[facet.name].get(value, 0), value

    agree()
    assert domain.rebuild(source, engine="database") == 60


def test_late_pages_go_on_where_the_one_before_ended(asking, make_source, engine):
    if engine is database:
        return
    chance = random.Random(9)
    rows = [replace(document(pk, chance), organisation="", text="Garten") for pk in range(1, 2401)]
    source = make_source("test.late", rows, facets=FACETS)
    asking(source)
    from regiokit.search.asking import ask

    lists = [{}, {"facets": {"when": frozenset({"weekly", "soon"})}}, {"text": "garten"}]
    lists.append({"point": PLACES[0], "radius_km": 50.0, "beyond": Beyond.ALL})
    queries = [SearchQuery(**asked, sort=sort, per_page=100) for asked in lists for sort in ("newest", "relevance")]

    def agree():
        for query in queries:
            question = ask(query.text, (source.key,))
            total = engine.answer(source, query, question).total
            assert total > LATE, "the last pages are late ones"
            first, last = LATE // 100, total // 100 + 1
            for page in (first, first + 1, last - 1, last, last + 1):
                asked = replace(query, page=page)
                here, there = (one.answer(source, asked, question).found for one in (database, engine))
                assert [found.object_id for found in there] == [found.object_id for found in here], asked
            assert there == ()

    agree()
    # Entries of all weeks go and come: what was counted the time before holds no more.
    gone, renewed = range(1, 2401, 30), [replace(one, published_at=timezone.now()) for one in rows[1::40]]
    for one in (database, engine):
        one.write(source, [*gone, *(document.object_id for document in renewed)], renewed)
    agree()
