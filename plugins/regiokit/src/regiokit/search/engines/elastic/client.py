"""The connection to Elasticsearch, and what its errors mean."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from time import monotonic

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from regiokit import conf
from regiokit.search.engines import EngineDown, IndexOutdated

WRITING_SECONDS = 30.0
"""So long the worker waits for one answer; nobody waits for the worker."""

STEPS_A_SECOND = 20
"""Waiting times differ by so much: elasticsearch-py makes some 40 objects for each new one, which are kept."""


def client(*, deadline: float | None = None) -> Elasticsearch:
    """Return the connection that waits until the moment `deadline` of `time.monotonic`, or as long as the worker may."""
    seconds = WRITING_SECONDS if deadline is None else deadline - monotonic()
    return _patient(json.dumps(conf.elasticsearch(), sort_keys=True), max(1, int(seconds * STEPS_A_SECOND)))


@lru_cache(maxsize=128)
def _patient(settings: str, steps: int) -> Elasticsearch:
    return _connected(settings).options(request_timeout=steps / STEPS_A_SECOND)


@lru_cache(maxsize=8)
def _connected(settings: str) -> Elasticsearch:
    """Connect once a process for each set of settings. A node that is gone is tried no more for a while."""
    known = json.loads(settings)
    access = {name: known[name] for name in ("ca_certs", "api_key") if known.get(name)}
    if known.get("user"):
        access["basic_auth"] = (known["user"], known.get("password", ""))
    return Elasticsearch(known["urls"], max_retries=1, retry_on_timeout=False, **access)


@contextmanager
def translated() -> Iterator[None]:
    """Raise `EngineDown` for whatever the client raises; `IndexOutdated` when the index is not there."""
    try:
        yield
    except ApiError as failure:
        if failure.status_code == 404 or "index_not_found_exception" in str(failure.body):
            raise IndexOutdated(str(failure)) from failure
        raise EngineDown(str(failure)[:300]) from failure
    except TransportError as failure:
        raise EngineDown(str(failure)[:300]) from failure
