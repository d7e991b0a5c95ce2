"""The engines that one behaviour suite runs over: the database in use, and a real Elasticsearch."""

import uuid
from dataclasses import dataclass

import pytest
from django.http import QueryDict

from regiokit.search import SearchDocument, SearchSource, domain, filters
from regiokit.search.engines import choice

ENGINES = ("database", "elasticsearch")
built = set()


@pytest.fixture(scope="session")
def elasticsearch_settings(elasticsearch_url):
    """Return settings with a prefix of this session's own, whose indexes are deleted at its end."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    yield {"urls": [elasticsearch_url], "prefix": prefix}
    from elasticsearch import Elasticsearch

    with Elasticsearch(elasticsearch_url, request_timeout=60) as client:
        client.indices.delete(index=f"{prefix}-*", ignore_unavailable=True)


@pytest.fixture
def elasticsearch(elasticsearch_settings, settings, monkeypatch):
    """Let Elasticsearch answer in this test; returns the engine. Slow machines get more time than visitors."""
    settings.REGIOKIT_SEARCH_ENGINE = "elasticsearch"
    settings.REGIOKIT_ELASTICSEARCH = elasticsearch_settings
    monkeypatch.setattr(domain, "DEADLINE_SECONDS", 60)
    from regiokit.search.engines.elastic.answering import breaker

    breaker.reset()
    return choice.preferred()


@pytest.fixture(params=ENGINES)
def engine(request, settings):
    """Return each engine in turn, as the one that answers."""
    if request.param == "elasticsearch":
        return request.getfixturevalue("elasticsearch")
    settings.REGIOKIT_SEARCH_ENGINE = "database"
    return choice.preferred()


@dataclass
class Asking:
    """Asks a source with the parameters of an address, and makes sure that the engine under test answered."""

    source: SearchSource
    engine: object

    def __call__(self, address="", **changes):
        """Return the result; `changes` are fields of the query that no address has."""
        query = filters.query_from(self.source, QueryDict(address), strict=True, want_map=True)
        for name, value in changes.items():
            object.__setattr__(query, name, value)
        result = domain.search(self.source, query)
        assert (result.engine, result.degraded) == (self.engine.name, False)
        return result

    def ids(self, address="", **changes):
        """Return the ids that were found, in order."""
        return [hit.object_id for hit in self(address, **changes).hits]


@pytest.fixture
def asking(county, engine):
    """Return a function: source -> `Asking`. An index outside the database is built once a session for each source."""

    def prepare(source):
        domain.rebuild(source, engine="database")
        if engine.name != "database" and source.key not in built:
            domain.rebuild(source, engine=engine.name)
            built.add(source.key)
        return Asking(source, engine)

    return prepare


def source_of(key, rows, **more) -> SearchSource:
    """Return a source of these documents (`SearchDocument` or their arguments)."""
    documents = {
        document.object_id: document
        for document in (
            row if isinstance(row, SearchDocument) else SearchDocument(**{"slug": "s", **row}) for row in rows
        )
    }
    return SearchSource(
        key=key,
        label="Dinge",
        documents=lambda ids: iter([documents[pk] for pk in (documents if ids is None else ids) if pk in documents]),
        load=lambda ids: {pk: documents[pk].title for pk in ids if pk in documents},
        url=lambda pk, slug: f"/dinge/{pk}-{slug}/",
        list_url="test:things",
        **more,
    )


@pytest.fixture
def make_source():
    """Return the function that makes a source of documents."""
    return source_of
