"""What an engine does: find, count, measure distance, page. It knows tokens and numbers, nothing of German or of pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from regiokit.search.contract import MapPoint, SearchDocument, SearchQuery, SearchSource, Suggestion
from regiokit.search.question import Question

LATER = "-next"
"""Added to an engine's name in `SearchChange`: the note waits for the index that a rebuild fills."""


class EngineDown(Exception):
    """The engine does not answer, or answers wrongly: somebody else must."""


class IndexOutdated(EngineDown):
    """Another analyser or schema wrote the index: words would be answered wrongly until it is built anew."""


@dataclass(frozen=True)
class Found:
    """One entry of a page of results; `distance_km` None without a place, `points` what its words count (`scores`)."""

    object_id: int
    distance_km: float | None = None
    points: int = 0


@dataclass(frozen=True)
class Answer:
    """What an engine says to a question. `counts`: facet -> value -> entries, each without its own facet's selection.

    `matching`: entries that match words and place, whatever facets are chosen; `total`: those with the chosen ones.
    `unplaced`: matches that only the wish for a place left out. `points`: the places of all matches, for the map.
    """

    found: tuple[Found, ...] = ()
    total: int = 0
    matching: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unplaced: int = 0
    points: tuple[MapPoint, ...] = ()


class Engine(Protocol):
    """An index of the entries of all sources. Every method raises `EngineDown` when the engine is not there."""

    name: str

    def answer(
        self, source: SearchSource, query: SearchQuery, question: Question, *, deadline: float | None = None
    ) -> Answer:
        """Answer a question; the page past the end is empty, and `total` says why. Raises `IndexOutdated` for words.

        An engine outside the database raises `EngineDown` at the moment `deadline` of `time.monotonic`.
        """

    def suggest(
        self, sources: Iterable[str], folded: str, *, limit: int, deadline: float | None = None
    ) -> list[Suggestion]:
        """Return completions of a folded beginning in the sources with these keys, most frequent first."""

    def write(self, source: SearchSource, ids: Iterable[int], documents: Iterable[SearchDocument]) -> None:
        """Bring the entries `ids` up to date: those without a document go."""

    def rebuild(self, source: SearchSource, *, progress=None) -> int:
        """Build the index anew beside the live one, then take its place; returns the number of entries.

        `progress(number)` is called now and then. Entries that change meanwhile are in the new index too.
        """

    def differing(self, source: SearchSource) -> set[int]:
        """Return the ids whose entries are missing, left over or unlike what `source` says of them now."""

    def up_to_date(self, source: SearchSource) -> bool:
        """Whether the index was written by the analyser and the schema that run now."""
