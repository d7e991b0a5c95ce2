"""Completions of what somebody types."""

from collections.abc import Iterable
from itertools import chain

from elasticsearch.dsl import Search

from regiokit.search.contract import Suggestion
from regiokit.search.engines.elastic.answering import breaker
from regiokit.search.engines.elastic.client import client, translated
from regiokit.search.engines.elastic.document import COMPLETIONS, SEPARATOR
from regiokit.search.engines.elastic.index import alias


def suggest(sources: Iterable[str], folded: str, *, limit: int, deadline: float | None = None) -> list[Suggestion]:
    """Return the completions of the folded beginning in the sources with these keys, most frequent first."""
    with breaker.passing(), translated():
        asked = Search(using=client(deadline=deadline), index=[alias(key) for key in sources]).source(False)
        # One label may be completed from several of its words: only then it takes more to find enough.
        for size in (limit, limit * 4):
            found, enough = _completed(asked, folded, size, limit)
            if enough:
                break
    return [Suggestion(kind, label) for kind, label in found][:limit]


def _completed(asked: Search, folded: str, size: int, limit: int) -> tuple[list[tuple[str, str]], bool]:
    """Return (kind, label) of the best `size` completions of each field, and whether the best `limit` are among them.

    They are when each field has no others, or so many labels of its own.
    """
    for field in COMPLETIONS:
        asked = asked.suggest(field, folded, completion={"field": field, "skip_duplicates": True, "size": size})
    said = asked.params(allow_partial_search_results=False).execute().to_dict()["suggest"]
    fields = [said[field][0]["options"] for field in COMPLETIONS]
    rows = sorted(chain(*fields), key=lambda row: (-row["_score"], row["text"].split(SEPARATOR, 2)[2]))
    enough = all(len(options) < size or len(set(map(_named, options))) >= limit for options in fields)
    return list(dict.fromkeys(map(_named, rows))), enough


def _named(row: dict) -> tuple[str, str]:
    """Return kind and label of a completion."""
    _typed, kind, label = row["text"].split(SEPARATOR, 2)
    return kind, label
