"""Completions of what somebody types."""

from collections.abc import Iterable

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
        for field in COMPLETIONS:
            completion = {"field": field, "skip_duplicates": True, "size": limit * 4}
            asked = asked.suggest(field, folded, completion=completion)
        said = asked.params(allow_partial_search_results=False).execute().to_dict()["suggest"]
    rows = [row for field in COMPLETIONS for row in said[field][0]["options"]]
    rows.sort(key=lambda row: (-row["_score"], row["text"].split(SEPARATOR, 2)[2]))
    found = dict.fromkeys(tuple(row["text"].split(SEPARATOR, 2)[1:]) for row in rows)
    return [Suggestion(kind, label) for kind, label in found][:limit]
