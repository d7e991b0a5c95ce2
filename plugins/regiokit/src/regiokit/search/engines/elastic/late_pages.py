"""Late pages of a list that is sorted by a date: most of what lies before them is counted, not gathered.

For page 500 Elasticsearch would gather and sort 10,000 entries. So each late page also asks how many entries each week has,
which Elasticsearch remembers until an entry changes, and the page itself leaves out the weeks that lay wholly before it the
last time. Only when those have changed since is it asked once more.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache

from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Query, Range

LATE = 1_000
"""From so many entries before a page on, counting them is quicker."""

LISTS = 200
"""Lists whose weeks are kept by a process, some 10 kB each."""

WEEKS = "weeks"


@dataclass
class Kept:
    """What a list said of its weeks the last time, newest first; nothing before the first time."""

    weeks: list[dict] = field(default_factory=list)


class LatePage:
    """The entry number `start` (from 0) of the entries of `search` in the index `name`, sorted by the date `dated`."""

    def __init__(self, search: Search, *, name: str, dated: str, start: int):
        self._dated, self._start = dated, start
        self.weeks = _by_week(search, dated)
        self._kept = _kept(name, json.dumps(self.weeks.to_dict(), sort_keys=True, default=str))
        self._skip(self._kept.weeks)

    @property
    def skipped(self) -> list[Query]:
        """The entries that the page leaves out: `number` of them, all before its own."""
        return [Range(**{self._dated: {"gte": self._since, "format": "epoch_millis"}})] if self.number else []

    def changed(self, response: dict) -> bool:
        """Keep what `weeks` said now; return whether other entries must be skipped than `skipped` has said before."""
        weeks = self._kept.weeks = response["aggregations"][WEEKS]["buckets"]
        right = self.number == sum(week["doc_count"] for week in weeks if self.number and week["key"] >= self._since)
        # Without anything skipped the page is right, unless it lay beyond what can be asked for.
        if not right or not self.number:
            self._skip(weeks)
        return not right

    def _skip(self, weeks: list[dict]) -> None:
        self.number = 0
        for week in weeks:
            if self.number + week["doc_count"] > self._start:
                break
            self.number, self._since = self.number + week["doc_count"], week["key"]


@lru_cache(maxsize=LISTS)
def _kept(name: str, asked: str) -> Kept:
    return Kept()


def _by_week(search: Search, dated: str) -> Search:
    search = search.extra(size=0, track_total_hits=False).params(request_cache=True)
    order = {"_key": "desc"}
    search.aggs.bucket(WEEKS, "date_histogram", field=dated, fixed_interval="7d", order=order, min_doc_count=1)
    return search
