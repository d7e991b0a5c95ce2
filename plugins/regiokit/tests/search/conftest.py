"""The engines that one behaviour suite runs over: the database in use, and a real Elasticsearch."""

import http.client
import os
import signal
import threading
import uuid
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from regiokit.search import SearchDocument, SearchSource, changes, domain, filters
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
    from regiokit.search.engines.elastic import answering, index, suggesting
    from regiokit.search.engines.elastic.breaker import Breaker

    monkeypatch.setattr(answering, "breaker", Breaker())
    monkeypatch.setattr(suggesting, "breaker", answering.breaker)
    monkeypatch.setattr(changes, "rest", changes.Rest())
    index.forget_states()
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


class Between(ThreadingHTTPServer):
    """A real server in front of Elasticsearch, with every trouble that one can have. `asked` counts the requests.

    `mode`: "on" hands everything on; "hung" takes questions and never answers; "500" answers so; "gone" hangs up.
    """

    daemon_threads = True

    def __init__(self, url):
        super().__init__(("127.0.0.1", 0), Passing)
        self.behind, self.mode, self.asked = urlsplit(url).netloc, "on", 0
        self.released = threading.Event()

    @property
    def url(self):
        """The address to ask instead of Elasticsearch's own."""
        return f"http://127.0.0.1:{self.server_port}"


class Passing(BaseHTTPRequestHandler):
    """Hands one request on, or does not."""

    protocol_version = "HTTP/1.1"

    def handle_any(self):
        """Do what the server's mode says."""
        server = self.server
        server.asked += 1
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if server.mode == "hung":
            server.released.wait(30)
        if server.mode in ("hung", "gone"):
            self.close_connection = True
            return
        if server.mode == "500":
            self.answer(500, {"Content-Type": "application/json"}, b'{"error": "broken", "status": 500}')
            return
        with closing(http.client.HTTPConnection(server.behind, timeout=60)) as connection:
            connection.request(self.command, self.path, body or None, dict(self.headers))
            said = connection.getresponse()
            self.answer(said.status, dict(said.getheaders()), said.read())

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815

    def answer(self, status, headers, body):
        """Send an answer of known length."""
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_args):
        """Stay quiet."""


@pytest.fixture
def between_of():
    """Return a function: address -> a server in front of it that can have every trouble."""
    with ExitStack() as stack:

        def begin(url):
            server = stack.enter_context(Between(url))
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            stack.callback(server.released.set)
            return server

        yield begin


@pytest.fixture
def standing_still():
    """Return a context: address -> the process of that node stands still, as under a machine that swaps, and goes on after it."""

    @contextmanager
    def stop(url):
        from elasticsearch import Elasticsearch

        with Elasticsearch(url, request_timeout=60) as client:
            (node,) = client.nodes.info(node_id="_local", metric="process")["nodes"].values()
        number = node["process"]["id"]
        command = Path(f"/proc/{number}/cmdline")
        # The number says nothing on another machine or outside a container, and a stranger's process must not be stopped.
        # Where everything is required (REQUIRE_EVERYTHING=1, as in `.ci/run`), skipping fails.
        if not (command.exists() and b"elasticsearch" in command.read_bytes()):
            pytest.skip("Elasticsearch is no process of this machine: start it here")
        os.kill(number, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(number, signal.SIGCONT)

    return stop


@pytest.fixture
def between(elasticsearch, elasticsearch_settings, settings, between_of):
    """Put such a server in front of Elasticsearch; returns it."""
    server = between_of(elasticsearch_settings["urls"][0])
    settings.REGIOKIT_ELASTICSEARCH = {**elasticsearch_settings, "urls": [server.url]}
    return server
