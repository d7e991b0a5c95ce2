"""Writes entries, and builds a whole index beside the live one; the database stays what counts."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.helpers import streaming_bulk

from regiokit.search.contract import SearchDocument, SearchSource
from regiokit.search.engines import EngineDown, IndexOutdated
from regiokit.search.engines.database.vocabulary import suggestions_of
from regiokit.search.engines.database.writing import digest
from regiokit.search.engines.elastic import index
from regiokit.search.engines.elastic.client import client, translated
from regiokit.search.engines.elastic.document import entry
from regiokit.search.models import SearchEntry, SearchSuggestion
from regiokit.search.parts import batched

CHUNK = 500
GONE, TOO_MANY, FORBIDDEN = 404, 429, 403


class Refused(Exception):
    """Elasticsearch does not take one of these entries; it takes others."""


def write(source: SearchSource, ids: Iterable[int], documents: Iterable[SearchDocument]) -> None:
    """Bring the entries `ids` up to date and let searches see it. Raises `Refused` when an entry is not taken.

    Raises `IndexOutdated`, and writes nothing, while the index waits for its rebuild.
    """
    public = index.alias(source.key)
    with translated():
        index.require(source, anew=True)
        _send(_actions(source, set(ids), documents), index=public, require_alias=True, refresh=True)


def rebuild(source: SearchSource, *, progress: Callable[[int], None] | None = None) -> int:
    """Fill a new index while the old one answers, then let the new one answer. Returns the number of entries.

    Entries that change meanwhile are written to the old one; `changes` keeps their notes for the new one.
    """
    with translated():
        name = index.create(source)
        try:
            done = _send(_actions(source, set(), source.documents(None)), index=name, progress=progress)
            index.go_live(source, name)
        except BaseException:
            index.forget(name)
            raise
    return done


def differing(source: SearchSource) -> set[int]:
    """Return the ids whose entries are missing, left over or unlike what `source` says of them now.

    Half of each mark is kept in memory: some 100 bytes an entry.
    """
    wanted = {document.object_id: _half(digest(document)) for document in source.documents(None)}
    wrong = set()
    with translated():
        index.require(source, anew=True)
        every = Search(using=client(), index=index.alias(source.key)).source(False)
        every = every.extra(docvalue_fields=["object_id", "digest"]).params(size=5000)
        for hit in every.scan():
            if wanted.pop(hit.object_id[0], None) != _half(hit.digest[0]):
                wrong.add(hit.object_id[0])
    return wrong | wanted.keys()


def up_to_date(source: SearchSource) -> bool:
    """Whether the running analyser and schema wrote this source's index, and it is there."""
    try:
        with translated():
            index.require(source, anew=True)
    except IndexOutdated:
        return False
    return True


def _send(actions: Iterable[dict], *, progress: Callable[[int], None] | None = None, **options) -> int:
    """Send everything in bulk, one part while the next one is made; returns how many entries that were."""
    done, connection = 0, client()
    with ThreadPoolExecutor(max_workers=1) as sender:
        sent = sender.submit(int)
        for part in chain(batched(actions, CHUNK), [[]]):
            done += sent.result()
            sent = sender.submit(_take, connection, part, options)
            if progress:
                progress(done)
    return done


def _take(connection: Elasticsearch, actions: list[dict], options: dict) -> int:
    for succeeded, said in streaming_bulk(connection, actions, chunk_size=CHUNK, raise_on_error=False, **options):
        if not succeeded:
            _explain(said)
    return len(actions)


def _explain(said: dict) -> None:
    """Raise what it means that one entry was not taken; one that should go and is not there is gone."""
    ((verb, details),) = said.items()
    status, error = details.get("status", 0), details.get("error", "")
    if verb == "delete" and status == GONE and not error:
        return
    if status == GONE:
        raise IndexOutdated(str(error))
    if status in (FORBIDDEN, TOO_MANY) or status >= 500:
        raise EngineDown(str(error)[:300])
    raise Refused(f"{details.get('_id')}: {str(error)[:300]}")


def _actions(source: SearchSource, gone: set[int], documents: Iterable[SearchDocument]) -> Iterator[dict]:
    """Yield what to do: first the entries, then those of `gone` without one."""
    for part in batched(documents, CHUNK):
        typed = [suggestions_of(document) for document in part]
        weights, read = _weights(source, typed), _read(source, part)
        for document, completions in zip(part, typed, strict=True):
            gone.discard(document.object_id)
            kept = entry(source, document, completions={one: weights.get(one, 1) for one in completions}, read=read)
            yield {"_op_type": "index", "_id": document.object_id, "_source": kept.to_dict()}
    for object_id in sorted(gone):
        yield {"_op_type": "delete", "_id": object_id}


def _weights(source: SearchSource, typed: list[set[tuple]]) -> dict[tuple, int]:
    """Return how many entries have each completion (label, kind, typed), as the database counted them."""
    labels = {label for completions in typed for label, _kind, _typed in completions}
    rows = SearchSuggestion.objects.filter(source=source.key, label__in=labels)
    return {row[:3]: row[3] for row in rows.values_list("label", "kind", "folded", "entries")}


def _read(source: SearchSource, documents: list[SearchDocument]) -> dict[str, tuple[str, ...]]:
    """Return the tokens that the database keeps, by digest: what it has analysed is not analysed again."""
    rows = SearchEntry.objects.filter(source=source.key, object_id__in=[one.object_id for one in documents])
    found = rows.values_list("digest", "title_words", "organisation_words", "text_words")
    return {digest: tuple(words) for digest, *words in found}


def _half(mark: str) -> int:
    return int(mark[:16], 16)
