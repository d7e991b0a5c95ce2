"""Elasticsearch in trouble: the database answers, nobody who saves waits, and nothing that was saved is lost."""

import socket
import threading
from dataclasses import replace
from time import monotonic

import pytest
from django.http import QueryDict
from elasticsearch import Elasticsearch

from regiokit.search import SearchDocument, changes, domain, filters
from regiokit.search.engines import EngineDown, database
from regiokit.search.engines.elastic import answering, index
from regiokit.search.engines.elastic.breaker import FAILURES, PAUSE_SECONDS, Breaker
from regiokit.search.models import SearchChange, SearchEntry

pytestmark = pytest.mark.usefixtures("county")


class Clock:
    """Seconds that pass when the test says so."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def source(make_source, between, request):
    """A source of its own with three entries in both engines."""
    rows = [{"object_id": pk, "title": title} for pk, title in ((1, "Garten pflegen"), (2, "Gartenfest"), (3, "Lesen"))]
    found = make_source(f"trouble.{request.node.originalname[-40:].replace('_', '')}", rows)
    domain.rebuild(found)
    return found


@pytest.fixture
def straight(elasticsearch_settings):
    """Elasticsearch itself, past whatever stands in between."""
    with Elasticsearch(elasticsearch_settings["urls"], request_timeout=60) as client:
        yield client


def ask(source, address="q=garten"):
    return domain.search(source, filters.query_from(source, QueryDict(address)))


def ids(result):
    return {hit.object_id for hit in result.hits}


def changed(source, *documents, gone=()):
    """Return the source after entries changed, with a note of it."""
    new = {document.object_id: document for document in documents}

    def now(wanted):
        yield from (document for document in source.documents(wanted) if document.object_id not in {*new, *gone})
        yield from (document for pk, document in new.items() if wanted is None or pk in wanted)

    domain.update(source, *new, *gone)
    return replace(source, documents=now, load=lambda ids: {entry.object_id: entry.title for entry in now(ids)})


def test_it_answers_while_all_is_well(source):
    assert (ask(source).engine, ask(source).degraded, ids(ask(source))) == ("elasticsearch", False, {1, 2})


@pytest.mark.parametrize("mode", ["gone", "500"])
def test_the_database_answers_when_it_fails(source, between, mode):
    between.mode = mode
    result = ask(source)
    assert (result.engine, result.degraded, ids(result)) == ("database", True, {1, 2})
    assert [found.label for found in domain.suggest([source], "gart")] == ["Garten pflegen", "Gartenfest"]


def test_the_database_answers_when_nobody_listens(source, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        settings.REGIOKIT_ELASTICSEARCH = {**settings.REGIOKIT_ELASTICSEARCH, "urls": [f"http://127.0.0.1:{port}"]}
        assert (ask(source).degraded, ids(ask(source))) == (True, {1, 2})


def test_the_database_answers_after_two_seconds_when_it_hangs(source, between, monkeypatch):
    monkeypatch.setattr(domain, "DEADLINE_SECONDS", 2.0)
    between.mode = "hung"
    began = monotonic()
    result = ask(source)
    assert 1.9 < monotonic() - began < 4
    assert (result.degraded, ids(result)) == (True, {1, 2})


def test_a_node_that_stands_still_is_asked_no_more_until_it_goes_on(
    source, between, elasticsearch_url, standing_still, monkeypatch
):
    clock = Clock()
    monkeypatch.setattr(answering, "breaker", Breaker(clock))
    monkeypatch.setattr(domain, "DEADLINE_SECONDS", 2.0)
    with standing_still(elasticsearch_url):
        began = monotonic()
        result = ask(source)
        assert 1.9 < monotonic() - began < 4
        assert (result.degraded, ids(result)) == (True, {1, 2})
        monkeypatch.setattr(domain, "DEADLINE_SECONDS", 0.3)
        assert all(ask(source).degraded for _ in range(FAILURES - 1))
        asked = between.asked
        assert ids(ask(source)) == {1, 2}
        source = changed(source, SearchDocument(object_id=4, title="Garten gießen", slug="s"))
        changes.write([source], engines=[database])
        assert ids(ask(source)) == {1, 2, 4}
        assert between.asked == asked, "nobody asks while it stands still"
    monkeypatch.setattr(domain, "DEADLINE_SECONDS", 60)
    clock.now += PAUSE_SECONDS
    assert (ask(source).degraded, ids(ask(source))) == (False, {1, 2})
    assert changes.write([source]) == 1
    assert (ask(source).degraded, ids(ask(source))) == (False, {1, 2, 4})


def test_after_some_failures_nobody_asks_until_one_question_succeeds(source, between, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(answering, "breaker", Breaker(clock))
    between.mode = "500"
    for _ in range(FAILURES):
        assert ask(source).degraded
    asked = between.asked
    assert all(ask(source).degraded for _ in range(5))
    assert between.asked == asked
    clock.now += PAUSE_SECONDS
    assert ask(source).degraded
    assert between.asked > asked
    between.mode = "on"
    assert ask(source).degraded
    clock.now += PAUSE_SECONDS
    assert not ask(source).degraded
    assert not ask(source).degraded


def test_one_question_at_a_time_looks_whether_it_is_back():
    clock, went, meet = Clock(), [], threading.Barrier(8)
    breaker = Breaker(clock)

    def fail():
        with breaker.passing():
            raise EngineDown("away")

    for _ in range(FAILURES):
        with pytest.raises(EngineDown, match="away"):
            fail()
    clock.now += PAUSE_SECONDS
    inside, done = threading.Event(), threading.Event()

    def probe():
        meet.wait()
        try:
            with breaker.passing():
                went.append(1)
                inside.set()
                done.wait(10)
        except EngineDown:
            pass

    threads = [threading.Thread(target=probe) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert inside.wait(10)
    # The others were sent away without waiting.
    while sum(thread.is_alive() for thread in threads) > 1:
        next(thread for thread in threads if thread.is_alive()).join(0.01)
    assert went == [1]
    done.set()
    for thread in threads:
        thread.join()
    assert not breaker.open


@pytest.mark.parametrize("mode", ["hung", "gone"])
def test_saving_asks_nobody_outside(source, between, mode, django_capture_on_commit_callbacks):
    between.mode, between.asked = mode, 0
    with django_capture_on_commit_callbacks(execute=True):
        changed(source, SearchDocument(object_id=4, title="Garten gießen", slug="s"))
    assert between.asked == 0
    assert SearchChange.objects.filter(engine="elasticsearch", source=source.key).count() == 1


def test_what_was_saved_meanwhile_is_found_after_the_return(source, between, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(changes, "rest", changes.Rest(clock))
    between.mode = "gone"
    source = changed(source, SearchDocument(object_id=4, title="Garten gießen", slug="s"), gone=[1])
    assert changes.write([source]) == 2
    assert set(SearchEntry.objects.filter(source=source.key).values_list("object_id", flat=True)) == {2, 3, 4}
    for _ in range(8):
        clock.now += 30
        assert changes.write([source]) == 0
    asked = between.asked
    assert changes.write([source]) == 0
    assert between.asked == asked, "it is asked again after a rest only"
    between.mode = "on"
    # Half a minute at most, whatever happened before; the rest of the minute is the worker's.
    assert changes.LONGEST_REST <= 30
    clock.now += changes.LONGEST_REST
    assert changes.write([source]) == 2
    result = ask(source)
    assert (result.degraded, ids(result)) == (False, {2, 4})


def test_a_full_disk_keeps_answering_and_the_notes(source, straight, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(changes, "rest", changes.Rest(clock))
    public = index.alias(source.key)
    # What Elasticsearch does by itself when the disk is full (flood stage).
    straight.indices.put_settings(index=public, settings={"index.blocks.read_only_allow_delete": True})
    source = changed(source, SearchDocument(object_id=4, title="Garten gießen", slug="s"))
    changes.write([source])
    assert SearchChange.objects.filter(engine="elasticsearch", source=source.key).count() == 1
    assert (ask(source).degraded, ids(ask(source))) == (False, {1, 2})
    straight.indices.put_settings(index=public, settings={"index.blocks.read_only_allow_delete": None})
    clock.now += changes.LONGEST_REST
    assert changes.write([source]) == 1
    assert ids(ask(source)) == {1, 2, 4}


def _delete(straight, public, name):
    straight.indices.delete(index=name)


def _wrong_mapping(straight, public, name):
    straight.indices.delete(index=name)
    straight.index(index=public, document={"title": {"de": "Garten"}, "object_id": "eins"}, refresh=True)


def _other_analyser(straight, public, name):
    straight.indices.put_mapping(index=name, meta={"fingerprint": "older", "facets": []})


def _empty(straight, public, name):
    straight.delete_by_query(index=public, query={"match_all": {}}, refresh=True)


@pytest.mark.parametrize("damage", [_delete, _wrong_mapping, _other_analyser, _empty])
def test_a_damaged_index_is_noticed_and_built_anew(source, straight, damage):
    public = index.alias(source.key)
    (name,) = straight.indices.get_alias(name=public)
    damage(straight, public, name)
    index.forget_states()
    result = ask(source)
    assert (result.engine, result.degraded, ids(result)) == ("database", True, {1, 2})
    source = changed(source, SearchDocument(object_id=4, title="Garten gießen", slug="s"))
    changes.write([source])
    assert SearchChange.objects.filter(engine="elasticsearch", source=source.key).exists(), "it waits"
    assert domain.rebuild(source, engine="elasticsearch") == 4
    assert (ask(source).degraded, ids(ask(source))) == (False, {1, 2, 4})
    assert len(straight.indices.get(index=f"{public}*")) == 1


def test_an_index_that_was_emptied_is_noticed_at_once(source, straight):
    assert not ask(source).degraded
    _empty(straight, index.alias(source.key), None)
    assert (ask(source).degraded, ids(ask(source))) == (True, {1, 2})


def test_a_document_that_is_refused_holds_up_no_other(source):
    bad = SearchDocument(object_id=5, title="Garten", slug="s", lat=1234.0, lon=7.0)
    source = changed(source, SearchDocument(object_id=4, title="Garten gießen", slug="s"), bad)
    changes.write([source])
    assert ids(ask(source)) == {1, 2, 4}
    (left,) = SearchChange.objects.filter(engine="elasticsearch", source=source.key)
    assert (left.object_id, left.failures) == (5, 1)
