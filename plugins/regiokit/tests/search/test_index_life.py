"""The life of an index: written by the worker, built anew while it answers, compared and mended."""

import io
import threading
from dataclasses import replace
from time import monotonic

import pytest
from django.core.management import CommandError, call_command
from elasticsearch import Elasticsearch

from regiokit.search import SearchDocument, SearchQuery, changes, domain
from regiokit.search.engines.elastic import answering, index
from regiokit.search.models import SearchChange, SearchEntry, SearchIndex
from regiokit.search.question import Question

pytestmark = pytest.mark.usefixtures("county")


def documents(number):
    return {pk: SearchDocument(object_id=pk, title=f"Ding {pk}", slug="s") for pk in range(1, number + 1)}


@pytest.fixture
def live():
    """The live entries of the source below, which tests change."""
    return documents(30)


@pytest.fixture
def source(make_source, live, request, monkeypatch):
    """A source of the live entries, as the only one of the site."""
    key = f"life.{request.node.originalname[-40:].replace('_', '')}"
    found = replace(
        make_source(key, []),
        documents=lambda ids: iter([live[pk] for pk in (sorted(live) if ids is None else ids) if pk in live]),
        load=lambda ids: {pk: live[pk].title for pk in ids if pk in live},
    )
    monkeypatch.setattr(domain, "sources", lambda: (found,))
    return found


@pytest.fixture
def straight(elasticsearch_settings):
    with Elasticsearch(elasticsearch_settings["urls"], request_timeout=60) as client:
        yield client


def total(source):
    result = domain.search(source, SearchQuery())
    assert not result.degraded
    return result.total


def test_an_entry_that_goes_is_gone_after_one_turn_of_the_worker(engine, source, live):
    domain.rebuild(source)
    del live[7]
    domain.update(source, 7)
    began = monotonic()
    domain.write_changes()
    result = domain.search(source, SearchQuery(per_page=100))
    assert result.engine == engine.name
    assert 7 not in {hit.object_id for hit in result.hits}
    assert result.total == 29
    assert monotonic() - began < 5


def test_no_search_fails_or_is_partial_while_an_index_is_built(elasticsearch, source, live, straight):
    live.update(documents(3000))
    domain.rebuild(source)
    stop, seen, failures = threading.Event(), set(), []

    def search():
        while not stop.is_set():
            try:
                deadline = monotonic() + 60
                seen.add(elasticsearch.answer(source, SearchQuery(), Question(), deadline=deadline).total)
            except Exception as failure:
                failures.append(failure)

    thread = threading.Thread(target=search)
    thread.start()
    reported = []
    try:
        for _ in range(3):
            domain.rebuild(source, engine="elasticsearch", progress=reported.append)
    finally:
        stop.set()
        thread.join()
    assert (failures, seen) == ([], {3000})
    assert reported[-1] == 3000
    assert reported == sorted(reported[: len(reported) // 3]) * 3
    assert len(straight.indices.get(index=f"{index.alias(source.key)}-*")) == 1


def test_what_changes_while_an_index_is_built_is_in_the_new_one(elasticsearch, source, live):
    domain.rebuild(source)

    def slowly(ids):
        yield from source.documents(ids)
        if ids is None:
            # Everything is read; now one entry changes, one comes, one goes, and the worker has its turn.
            live[1] = replace(live[1], title="Anders")
            live[31] = SearchDocument(object_id=31, title="Neu", slug="s")
            del live[2]
            domain.update(source, 1, 2, 31)
            domain.write_changes()
            assert total(source) == 30, "the live index has it already"
            assert SearchChange.objects.filter(engine__startswith="elasticsearch").count() == 3, "kept for the new one"

    domain.rebuild(replace(source, documents=slowly), engine="elasticsearch")
    assert not SearchChange.objects.exists()
    assert elasticsearch.differing(source) == set()
    assert total(source) == 30


def test_what_was_read_before_it_changed_does_not_come_back(engine, source, live):
    domain.rebuild(source)

    def documents(ids):
        read = list(source.documents(ids))
        if ids is None and 7 in live:
            del live[7]
            domain.update(source, 7)
            domain.write_changes()
        return iter(read)

    domain.rebuild(replace(source, documents=documents))
    assert total(source) == 29
    assert not SearchChange.objects.exists()


def test_a_rebuild_that_breaks_off_leaves_everything_as_it_was(elasticsearch, source, straight):
    domain.rebuild(source)

    def broken(ids):
        yield from list(source.documents(ids))[:10]
        raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        domain.rebuild(replace(source, documents=broken), engine="elasticsearch")
    assert total(source) == 30
    assert len(straight.indices.get(index=f"{index.alias(source.key)}-*")) == 1
    assert not SearchIndex.objects.filter(building__isnull=False).exists()


def test_drift_is_found_and_mended_in_every_engine(elasticsearch, source, live, straight):
    domain.rebuild(source)
    public = index.alias(source.key)
    straight.delete(index=public, id="3", refresh=True)
    SearchEntry.objects.filter(object_id=4).delete()
    live[5] = replace(live[5], title="Ohne Nachricht geändert")
    assert elasticsearch.differing(source) == {3, 5}
    with pytest.raises(SystemExit) as ended:
        call_command("check_search", stdout=io.StringIO())
    assert ended.value.code == 1
    said = io.StringIO()
    call_command("check_search", "--repair", stdout=said)
    assert said.getvalue().count("2 differed, 0 stay") == 2
    call_command("check_search", stdout=io.StringIO())
    assert elasticsearch.differing(source) == set()


def test_drift_that_cannot_be_mended_stays_an_error(engine, source, live):
    domain.rebuild(source)
    live[31] = SearchDocument(object_id=31, title="Neu", slug="s")

    def unreadable(ids):
        if ids is not None:
            raise RuntimeError("no such column")
        return source.documents(None)

    assert domain.mend(engine, replace(source, documents=unreadable)) == 1
    assert engine.differing(source) == {31}


def test_one_index_is_built_by_name_with_progress(engine, source, live, elasticsearch_settings):
    said = io.StringIO()
    call_command("rebuild_search", "life", engine=engine.name, stdout=said)
    assert f"{source.key}: 30 ({engine.name})" in said.getvalue()
    with pytest.raises(CommandError, match="no engine 'solr'"):
        call_command("rebuild_search", engine="solr")
    with pytest.raises(CommandError, match="No search source"):
        call_command("rebuild_search", "gibtsnicht")


def test_a_worker_takes_many_notes_in_one_turn(engine, source, live):
    domain.rebuild(source)
    live.update({pk: replace(found, title=f"Sache {pk}") for pk, found in documents(1200).items()})
    domain.update(source, *live)
    assert domain.write_changes() == 1200 * len({"database", engine.name})
    assert not SearchChange.objects.exists()
    assert total(source) == 1200
    assert changes.AT_ONCE < 1200
    assert answering.breaker.open is False
