"""The indexes: one a source, behind an alias that never changes its name; who wrote it stands in its mapping."""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep

from elasticsearch.dsl import Index

from regiokit import conf
from regiokit.search.contract import SearchSource
from regiokit.search.engines import IndexOutdated
from regiokit.search.engines.elastic.client import client
from regiokit.search.engines.elastic.document import FACETS, Entry, mapping
from regiokit.search.fingerprint import fingerprint
from regiokit.search.models import SearchEntry

log = logging.getLogger(__name__)

WINDOW = 1_000_000
"""Rows that can be paged through."""

TRUSTED_SECONDS = 5.0
"""For so long the state of an index is believed without asking again."""

LONGEST_SEARCH_SECONDS = 3.0
"""After this time no search is on its way that began before: nobody waits for longer than 2 seconds."""

TIME = "%Y%m%d%H%M%S%f"
NEWEST = {
    "index.sort.field": ["published_at", "object_id"],
    "index.sort.order": ["desc", "desc"],
    "index.sort.missing": ["_last", "_last"],
}
"""Entries lie in the order in which they are browsed without words: a late page then reads no further than itself."""
BUILDING = {"refresh_interval": "-1", "number_of_replicas": 0}


@dataclass(frozen=True)
class State:
    """What is wrong with an index ("" for nothing), as seen at a moment of `time.monotonic`."""

    seen_at: float
    trouble: str


_states: dict[str, State] = {}


def alias(key: str) -> str:
    """Return the name that searches of the source with this key ask: "regiokit-ehrenamt-offer"."""
    return f"{conf.elasticsearch()['prefix']}-{key.replace('.', '-')}".lower()


def require(source: SearchSource, *, deadline: float | None = None, anew: bool = False) -> None:
    """Raise `IndexOutdated` unless the running analyser and schema wrote this source's index, and it is not empty."""
    name = alias(source.key)
    state = _states.get(name)
    if anew or state is None or monotonic() - state.seen_at > TRUSTED_SECONDS:
        trouble = _trouble(source, name, deadline)
        if trouble and not (state and state.trouble):
            log.warning("search: the index %s asks for manage.py rebuild_search: %s", name, trouble)
        state = _states[name] = State(monotonic(), trouble)
    if state.trouble:
        raise IndexOutdated(f"{name}: {state.trouble}")


def forget_states() -> None:
    """Believe nothing that was seen before."""
    _states.clear()


def create(source: SearchSource) -> str:
    """Make a new empty index that nobody asks yet; returns its name."""
    settings = conf.elasticsearch()
    name = f"{alias(source.key)}-{datetime.now(UTC).strftime(TIME)}"
    index = Index(name, using=client())
    index.settings(number_of_shards=settings["shards"], max_result_window=WINDOW, **NEWEST, **BUILDING)
    index.mapping(Entry._doc_type.mapping)
    index.mapping(mapping(source))
    index.create()
    return name


def go_live(source: SearchSource, name: str) -> None:
    """Let the new index answer from now on, in one step, and delete older ones."""
    index, public = Index(name, using=client()), alias(source.key)
    index.put_settings(
        settings={"refresh_interval": None, "number_of_replicas": conf.elasticsearch()["replicas"]},
    )
    index.refresh()
    older = [other for other in _built(public) if other < name]
    actions = [{"add": {"index": name, "alias": public}}]
    actions += [{"remove": {"index": other, "alias": public, "must_exist": False}} for other in older]
    if client().indices.exists(index=public) and not client().indices.exists_alias(name=public):
        # Somebody wrote under the alias's name before there was one.
        actions.insert(0, {"remove_index": {"index": public}})
    client().indices.update_aliases(actions=actions)
    _states.pop(public, None)
    if older:
        # Searches that began before the swap still read the old one.
        sleep(LONGEST_SEARCH_SECONDS)
    for other in older:
        forget(other)


def forget(name: str) -> None:
    """Delete an index that nobody asks."""
    Index(name, using=client()).delete(ignore_unavailable=True)


def _built(public: str) -> list[str]:
    every = client().indices.get(index=f"{public}-*", features="aliases")
    return [name for name in every if re.fullmatch(re.escape(public) + r"-\d{20}", name)]


def _trouble(source: SearchSource, name: str, deadline: float | None) -> str:
    connection = client(deadline=deadline)
    behind = Index(name, using=connection).get_mapping(ignore_unavailable=True)
    if len(behind) != 1 or name in behind:
        return "there is no such alias"
    (mappings,) = (found["mappings"] for found in behind.values())
    written_by = mappings.get("_meta", {})
    if written_by.get("fingerprint") != fingerprint():
        return "another analyser or schema wrote it"
    if missing := {facet.name for facet in source.facets} - set(written_by.get(FACETS, ())):
        return f"it does not have the facets {', '.join(sorted(missing))}"
    if not connection.count(index=name)["count"] and SearchEntry.objects.filter(source=source.key).exists():
        return "it is empty"
    return ""
