"""How good the answers are on each engine: nDCG@10 over the judged questions, and no engine far behind another."""

from uuid import uuid4

import pytest

from benchmarks import relevance
from regiokit.search import domain

LEAST = 0.85
MOST_BEHIND = 0.05


def test_the_best_order_gains_everything_and_a_worse_one_less():
    judgments = {"a": 3, "b": 2, "c": 1}
    assert relevance.ndcg(["a", "b", "c"], judgments) == pytest.approx(1)
    assert relevance.ndcg(["c", "b", "a"], judgments) < relevance.ndcg(["a", "x", "b"], judgments) < 1
    assert relevance.ndcg([], judgments) == 0


@pytest.fixture
def demo(county):
    """Load the demo's offers and spaces, and build their index in the database."""
    from coworking import demo as coworking
    from ehrenamt import demo as ehrenamt

    coworking.load(relevance.demo())
    ehrenamt.load(relevance.demo())
    for source in domain.sources():
        domain.rebuild(source)


@pytest.fixture
def in_elasticsearch(demo, elasticsearch_url, settings, monkeypatch):
    """Let Elasticsearch answer, with indexes of this test's own; slow machines get more time than visitors."""
    from elasticsearch import Elasticsearch

    settings.REGIOKIT_SEARCH_ENGINE = "elasticsearch"
    settings.REGIOKIT_ELASTICSEARCH = {"urls": [elasticsearch_url], "prefix": f"test-{uuid4().hex[:12]}"}
    monkeypatch.setattr(domain, "DEADLINE_SECONDS", 60)
    for source in domain.sources():
        domain.rebuild(source, engine="elasticsearch")
    yield
    with Elasticsearch(elasticsearch_url, request_timeout=60) as client:
        client.indices.delete(index=f"{settings.REGIOKIT_ELASTICSEARCH['prefix']}-*", ignore_unavailable=True)


def asked() -> float:
    """Ask every question; return the mean nDCG@10."""
    return relevance.summary(relevance.ask_all())["all"]["ndcg"]


def test_the_database_answers_well(demo):
    assert asked() >= LEAST


def test_elasticsearch_answers_as_well(in_elasticsearch, settings):
    elsewhere = asked()
    assert elsewhere >= LEAST
    settings.REGIOKIT_SEARCH_ENGINE = "database"
    assert elsewhere >= asked() - MOST_BEHIND
