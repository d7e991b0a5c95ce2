"""Whole answers against raw queries: the mix, browsing, deep pages, suggestions."""

import dataclasses
from functools import partial

from benchmarks import rounds
from benchmarks.search.questions import beginnings, mix
from benchmarks.search.raw import raw

WORDS = ("rare word", "medium word", "common word")
DEEP = 500


def measure(engine: str, size: int, *, turns: int) -> None:
    """Print and record the ratios of everything that answers a visitor."""
    from ehrenamt.search import source
    from regiokit.search import domain

    cases, names = {}, {}
    for kind, queries in mix().items():
        for number, query in enumerate(queries):
            full, bare = f"{kind} {number} full", f"{kind} {number} raw"
            cases[full], cases[bare] = partial(domain.search, source, query), raw(engine, source, query)
            names.setdefault(kind, []).append((full, bare))
    for number, text in enumerate(beginnings()):
        cases[f"suggestions {number}"] = partial(domain.suggest, [source], text)
    deep = [dataclasses.replace(mix()["no words"][0], page=page) for page in (1, DEEP)]
    if size >= DEEP * deep[0].per_page:
        cases |= {f"page {query.page}": partial(domain.search, source, query) for query in deep}
    found = {kind: [domain.search(source, query).total for query in queries] for kind, queries in mix().items()}
    times = rounds.run(cases, rounds=turns)
    ratios = {kind: _against(times, pairs) for kind, pairs in names.items()}
    ratios["whole mix"] = _against(times, [pair for pairs in names.values() for pair in pairs])
    ratios["browsing to words"] = _browsing(times, names)
    suggested = [name for name in cases if name.startswith("suggestions")]
    ratios["suggestions"] = rounds.ratio(times, suggested, [bare for kind in WORDS[1:] for _full, bare in names[kind]])
    if f"page {DEEP}" in cases:
        ratios[f"page {DEEP}"] = rounds.ratio(times, [f"page {DEEP}"], ["page 1"])
    for name, value in ratios.items():
        print(f"{engine} {size} {name:18} {value}  {found.get(name, '')}")
    result = {"engine": engine, "size": size, "found": found, "ratios": ratios, "median_ms": rounds.medians(times)}
    rounds.record(f"search-{engine}-{size}", result, times=times)


def _against(times, pairs):
    return rounds.ratio(times, [full for full, _raw in pairs], [bare for _full, bare in pairs])


def _browsing(times, names):
    """All offers and all with two facets, against the same after a common word."""
    browsing = [full for full, _raw in names["no words"][:2]]
    asking = [full for kind in ("common word", "two facets") for full, _raw in names[kind]]
    return rounds.ratio(times, browsing * (len(asking) // len(browsing)), asking)
