"""Which generation of a source's entries is found, and what wrote it."""

from regiokit.search.contract import SearchSource
from regiokit.search.engines import IndexOutdated
from regiokit.search.fingerprint import fingerprint
from regiokit.search.models import SearchIndex

NAME = "database"


def state(source: SearchSource) -> SearchIndex:
    """Return the state of this source's index; the first who asks begins it."""
    return SearchIndex.objects.get_or_create(engine=NAME, source=source.key, defaults={"fingerprint": fingerprint()})[0]


def live_generation(key: str, *, words: bool = False) -> int:
    """Return the live generation of the source `key`. Raises `IndexOutdated` for words that another analyser wrote."""
    live, written_by = _found(key)
    if words and written_by != fingerprint():
        raise IndexOutdated(key)
    return live


def up_to_date(source: SearchSource) -> bool:
    """Whether the running analyser and schema wrote this source's index."""
    return _found(source.key)[1] == fingerprint()


def _found(key: str) -> tuple[int, str]:
    rows = SearchIndex.objects.filter(engine=NAME, source=key).values_list("generation", "fingerprint")
    return rows.first() or (1, fingerprint())
