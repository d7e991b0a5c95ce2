"""Stops asking an engine that fails, until one question in a while shows that it is back."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from regiokit.search.engines import EngineDown, IndexOutdated

log = logging.getLogger(__name__)

FAILURES = 3
"""So many failures in a row, and nobody asks any more."""

PAUSE_SECONDS = 10.0
"""After this time one question goes through; its answer decides for all."""


class Breaker:
    """Counts the failures of one engine in this process. Threads share it; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = monotonic):
        self._clock, self._lock = clock, Lock()
        self._failures, self._next = 0, 0.0

    @property
    def open(self) -> bool:
        """Whether the engine is left alone."""
        return self._failures >= FAILURES

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Run a question, and note how it went. Raises `EngineDown` at once while the engine is left alone.

        An index that waits for its rebuild is no failure: the engine answers.
        """
        with self._lock:
            if self.open and self._clock() < self._next:
                raise EngineDown("left alone after several failures")
            # Whoever comes while the probe is on its way is sent away.
            self._next = self._clock() + PAUSE_SECONDS
        try:
            yield
        except IndexOutdated:
            self._succeed()
            raise
        except EngineDown as failure:
            self._fail(failure)
            raise
        self._succeed()

    def reset(self) -> None:
        """Forget all failures."""
        self._succeed()

    def _fail(self, failure: EngineDown) -> None:
        with self._lock:
            self._failures += 1
            self._next = self._clock() + PAUSE_SECONDS
            if self._failures == FAILURES:
                log.warning("search: Elasticsearch does not answer, the database does: %s", failure)

    def _succeed(self) -> None:
        if not self._failures:
            return
        with self._lock:
            if self.open:
                log.warning("search: Elasticsearch answers again")
            self._failures = 0
