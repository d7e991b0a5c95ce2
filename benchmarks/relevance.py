"""How good the answers are: nDCG@10 and the share of empty answers over the judged questions in `tests/relevance`.

`python -m benchmarks.relevance ENGINE` loads the demo, asks, prints by kind of question and writes `results/relevance-ENGINE.json`.
"""

import argparse
import json
import os
import statistics
import tempfile
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from math import log2
from pathlib import Path

from benchmarks import loading, rounds

ROOT = Path(__file__).resolve().parents[1]
DEPTH = 10
TITLES = {"ehrenamt.offer": ("offers", "title"), "coworking.space": ("spaces", "name")}
"""Where the demo keeps the key of an entry, and which field leads from there to the database."""


@dataclass(frozen=True)
class Judged:
    """One question with its answer: `ndcg` in 0..1, None where nothing fits; `empty`: nothing was found."""

    id: str
    kind: str
    ndcg: float | None
    empty: bool
    found: tuple[str, ...]


def demo() -> Path:
    """Return the folder of the demo that was judged."""
    from benchmarks.offers import REGION

    return ROOT / "fixtures" / REGION


def questions() -> list[dict]:
    """Return the judged questions of the plugins' sources."""
    every = tomllib.loads((ROOT / "tests" / "relevance" / "queries.toml").read_text("utf-8"))["query"]
    return [query for query in every if query["source"] in TITLES]


def ask_all() -> list[Judged]:
    """Ask the engine in use every question."""
    from regiokit.search.domain import sources

    by_key = {source.key: source for source in sources()}
    return [_ask(by_key[query["source"]], query) for query in questions() if query["source"] in by_key]


def ndcg(found: list[str], judgments: dict[str, int]) -> float:
    """Return the gain of the first ten in relation to the best possible order."""
    best = sorted(judgments.values(), reverse=True)[:DEPTH]
    return _gain(judgments.get(key, 0) for key in found[:DEPTH]) / _gain(best)


def summary(judged: list[Judged]) -> dict[str, dict[str, float]]:
    """Return questions, mean nDCG@10 and the share of empty answers, by kind and for all.

    For questions that nothing answers `empty` is what is wanted; they count in no mean.
    """
    kinds = defaultdict(list)
    for one in judged:
        kinds[one.kind].append(one)
        if one.ndcg is not None:
            kinds["all"].append(one)
    return {
        kind: {
            "questions": len(asked),
            "ndcg": round(statistics.mean(one.ndcg for one in asked), 3) if asked[0].ndcg is not None else None,
            "empty": round(statistics.mean(one.empty for one in asked), 3),
        }
        for kind, asked in kinds.items()
    }


def _ask(source, query: dict) -> Judged:
    from django.http import QueryDict

    from regiokit.search import WrongParameter, domain
    from regiokit.search.filters import query_from

    asked = QueryDict(mutable=True)
    asked["q"] = query["word"]
    if "place" in query:
        asked["near"], asked["radius"] = query["place"], str(query["radius"])
    try:
        hits = domain.search(source, query_from(source, asked)).hits
    except WrongParameter:
        # A place that nobody knows: an answer with nothing in it.
        hits = ()
    file, field = TITLES[source.key]
    keys = {row[field]: row["key"] for row in json.loads((demo() / f"{file}.json").read_text("utf-8"))}
    found = [keys[str(getattr(hit.object, field))] for hit in hits]
    judgments = query.get("judgments", {})
    return Judged(
        query["id"], query["kind"], ndcg(found, judgments) if judgments else None, not found, tuple(found[:DEPTH])
    )


def _gain(grades) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def main() -> None:
    """Load the demo into a database of its own, ask, print and record."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance")
    parser.add_argument("engine", choices=("sqlite", "postgresql", "elasticsearch"))
    parser.add_argument("--postgres", default=os.environ.get("DATABASE_URL", ""))
    parser.add_argument("--worst", type=int, default=0, help="also print this many of the worst answers")
    asked = parser.parse_args()
    loading.CACHE = Path(tempfile.mkdtemp(prefix="landportal-relevance-"))
    loading.set_up(asked.engine, 0, postgres=asked.postgres)
    from portal.serving.preparation import prepare

    prepare(demo=True, say=lambda line: None)
    from regiokit.search import domain

    for source in domain.sources():
        domain.rebuild(source)
        if asked.engine == "elasticsearch":
            domain.rebuild(source, engine=asked.engine)
    judged = ask_all()
    for kind, figures in summary(judged).items():
        print(f"{asked.engine} {kind:14} {figures}")
    worst = sorted((one for one in judged if one.ndcg is not None), key=lambda one: one.ndcg)
    for one in worst[: asked.worst]:
        print(f"{one.ndcg:.2f} {one.kind:12} {one.id}: {', '.join(one.found)}")
    record = {"engine": asked.engine, "kinds": summary(judged), "ndcg": {one.id: one.ndcg for one in judged}}
    rounds.record(f"relevance-{asked.engine}", record)


if __name__ == "__main__":
    main()
