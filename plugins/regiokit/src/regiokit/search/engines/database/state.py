"""Which generation of a source's entries is found, and what wrote it."""

from secrets import token_hex

from django.db import connections, router

from regiokit.search.contract import SearchSource
from regiokit.search.engines import IndexOutdated
from regiokit.search.fingerprint import fingerprint
from regiokit.search.models import SearchIndex

NAME = "database"


def state(source: SearchSource) -> SearchIndex:
    """Return the state of this source's index; the first who asks begins it."""
    return SearchIndex.objects.get_or_create(
        engine=NAME, source=source.key, defaults={"fingerprint": fingerprint(), "mark": new_mark()}
    )[0]


def live(key: str, *, words: bool = False) -> tuple[int, str]:
    """Return the live generation of the source `key` and the mark of its last write.

    Raises `IndexOutdated` for words that another analyser wrote.
    """
    generation, written_by, mark = _found(key)
    if words and written_by != fingerprint():
        raise IndexOutdated(key)
    return generation, mark


def live_generation(key: str) -> int:
    """Return the live generation of the source `key`."""
    return _found(key)[0]


def new_mark() -> str:
    """Return a mark that no other write of any database has."""
    return token_hex(8)


def up_to_date(source: SearchSource) -> bool:
    """Whether the running analyser and schema wrote this source's index."""
    return _found(source.key)[1] == fingerprint()


def _found(key: str) -> tuple[int, str, str]:
    """Every question asks this first, so that it is no query of Django's: making one takes longer than the answer."""
    with connections[router.db_for_read(SearchIndex)].cursor() as cursor:
        cursor.execute(
            "SELECT generation, fingerprint, mark FROM regiokit_searchindex WHERE engine = %s AND source = %s",
            [NAME, key],
        )
        return cursor.fetchone() or (1, fingerprint(), "")
