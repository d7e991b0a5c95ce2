"""The generation of all kept pages: a random word that every process reads with each request.

A kept page belongs to the generation in which its drawing began. A change makes a new generation, so no page is ever
looked for again that was drawn, or began to be drawn, before the change. With Redis the word is shared by all machines;
without, it lies in a file, because worker and web server are two processes.
"""

import logging
import secrets
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
KEY = "portal.pagecache.generation"
FOREVER = None


class NoGeneration(Exception):
    """The place where the generation lies does not answer: nothing may be kept or taken from the cache now."""


def current() -> str:
    """Return the word of the current generation. Raises `NoGeneration`."""
    try:
        return _of_redis() if settings.ENV.redis_url else _of_file()
    except (RedisError, OSError) as error:
        raise NoGeneration from error


def begin_new() -> None:
    """Make every kept page unreachable. A failure is logged: pages end by themselves after `PAGE_CACHE_SECONDS`."""
    word = secrets.token_hex(8)
    try:
        if settings.ENV.redis_url:
            cache.set(KEY, word, FOREVER)
        else:
            _write(word)
    except (RedisError, OSError) as error:
        log.warning("the page cache could not be emptied: %s", type(error).__name__)


def _of_redis() -> str:
    return cache.get(KEY) or cache.get_or_set(KEY, secrets.token_hex(8), FOREVER)


def _of_file() -> str:
    try:
        return _path().read_text()
    except FileNotFoundError:
        _write(secrets.token_hex(8))
        return _path().read_text()


def _write(word: str) -> None:
    # A file is moved into place: a reader finds the old word or the new one, never half of one.
    with tempfile.NamedTemporaryFile("w", dir=_path().parent, prefix=".pages-", delete=False) as file:
        file.write(word)
    Path(file.name).replace(_path())


def _path() -> Path:
    return settings.ENV.var / "pages.generation"
