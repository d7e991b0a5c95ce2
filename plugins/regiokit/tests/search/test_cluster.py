"""A cluster of two nodes, with parts and copies: the same answers, and they go on when one node is out of reach."""

from datetime import timedelta
from time import monotonic

import pytest
from django.utils import timezone
from elasticsearch import Elasticsearch

from regiokit.search import SearchQuery, changes, domain
from regiokit.search.engines import database
from regiokit.search.engines.elastic import answering, index
from regiokit.search.engines.elastic.breaker import Breaker
from regiokit.search.question import Question

NOW = timezone.now()
QUERY = SearchQuery(sort="relevance", per_page=100, page=2)


@pytest.fixture
def cluster(elasticsearch, elasticsearch_urls, elasticsearch_settings, settings, between_of):
    """Two nodes, the second one behind a server that can hang up; every index has two parts and a copy of each."""
    second = between_of(elasticsearch_urls[1])
    urls = [second.url, elasticsearch_urls[0]]
    settings.REGIOKIT_ELASTICSEARCH = {**elasticsearch_settings, "urls": urls, "shards": 2, "replicas": 1}
    return second


@pytest.fixture
def source(cluster, county, make_source):
    """A source with 200 entries, whose copies lie on both nodes."""
    rows = [
        {"object_id": pk, "title": f"Ding {pk}", "confirmed_at": NOW - timedelta(days=pk % 7)} for pk in range(1, 201)
    ]
    found = make_source("cluster.things", rows)
    domain.rebuild(found)
    return found


def test_the_answers_are_the_same_and_go_on_without_one_node(cluster, source, elasticsearch):
    expected = database.answer(source, QUERY, Question())
    with Elasticsearch(cluster.url, request_timeout=60) as straight:
        health = straight.cluster.health(index=index.alias(source.key), wait_for_status="green", timeout="60s")
        (name,) = straight.indices.get_alias(name=index.alias(source.key))
        made = straight.indices.get_settings(index=name)[name]["settings"]["index"]
    assert (health["number_of_nodes"], health["status"]) == (2, "green")
    assert (made["number_of_shards"], made["number_of_replicas"]) == ("2", "1")
    for mode in ("on", "gone"):
        cluster.mode = mode
        for _ in range(4):
            result = domain.search(source, QUERY)
            assert (result.degraded, result.total) == (False, 200)
            assert [hit.object_id for hit in result.hits] == [found.object_id for found in expected.found]
    domain.update(source, 1)
    assert changes.write([source]) == 2


def test_a_node_that_stands_still_delays_an_answer_by_the_deadline_at_most(
    cluster, source, elasticsearch_urls, standing_still, monkeypatch
):
    expected = [found.object_id for found in database.answer(source, QUERY, Question()).found]
    with standing_still(elasticsearch_urls[1]):
        monkeypatch.setattr(domain, "DEADLINE_SECONDS", 0.5)
        for _ in range(4):
            began = monotonic()
            result = domain.search(source, QUERY)
            assert monotonic() - began < 2
            # Whoever answers: this node from its own copies, or the database.
            assert [hit.object_id for hit in result.hits] == expected
    monkeypatch.setattr(domain, "DEADLINE_SECONDS", 60)
    monkeypatch.setattr(answering, "breaker", Breaker())
    for _ in range(4):
        result = domain.search(source, QUERY)
        assert (result.degraded, [hit.object_id for hit in result.hits]) == (False, expected)
