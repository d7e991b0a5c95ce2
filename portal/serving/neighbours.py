"""The servers that the portal needs: asked once before the start, so that a wrong address is named in one sentence."""

import logging

from django.core.cache import cache
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from psycopg_pool import PoolTimeout
from redis.exceptions import RedisError


def must_answer() -> None:
    """Ask the database and, where one is set, Redis. Raises CommandError that names the variable."""
    pool = logging.getLogger("psycopg.pool")
    level = pool.level
    # The pool reports every try; one sentence is enough.
    pool.setLevel(logging.CRITICAL)
    try:
        connection.ensure_connection()
    except (OperationalError, PoolTimeout) as error:
        raise CommandError(f"DATABASE_URL: the database does not answer: {_first_line(error)}") from error
    finally:
        pool.setLevel(level)
    try:
        cache.get("portal.serving.neighbours")
    except (RedisError, OSError) as error:
        raise CommandError(f"REDIS_URL: Redis does not answer: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
