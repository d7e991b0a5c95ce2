"""New offers against 100,000 saved searches, each in relation to one search of the database; memory of the matching.

With fewer offers than that there are as many saved searches as offers.
"""

import random
import tracemalloc
from functools import partial
from itertools import islice

from benchmarks import rounds
from benchmarks.offers import CAUSES
from benchmarks.search.questions import PLACES, mix
from benchmarks.vocabulary import nouns_between

MOST = 100_000
NEW_OFFERS = 20
BATCH = 2_000


def measure(engine: str, size: int, *, turns: int) -> None:
    """Match the newest offers in turn with the questions of the mix; print and record ratio and peak."""
    from django.db import transaction

    from ehrenamt.search import source
    from regiokit.search.alerts.candidates import NewEntry
    from regiokit.search.alerts.matching import _match_entry
    from regiokit.search.alerts.models import SavedSearchMatch
    from regiokit.search.asking import ask
    from regiokit.search.domain import _answer
    from regiokit.search.engines import database
    from regiokit.search.models import SearchEntry

    _fill(source, min(size, MOST))
    entries = SearchEntry.objects.filter(source=source.key).select_related("combination").order_by("-pk")[:NEW_OFFERS]
    made = [NewEntry(source, entry) for entry in entries]

    def match(new: NewEntry) -> int:
        with transaction.atomic():
            found = _match_entry(new)
            SavedSearchMatch.objects.filter(object_id=new.entry.object_id).delete()
        return found

    def search(query) -> None:
        found = _answer(database, source, query, ask(query.text, [source.key]))
        source.load([one.object_id for one in found[0].found])

    queries = [query for kind in mix().values() for query in kind]
    cases = {f"offer {number}": partial(match, new) for number, new in enumerate(made)}
    offers = list(cases)
    cases |= {f"search {number}": partial(search, query) for number, query in enumerate(queries)}
    searches = list(cases)[len(offers) :]
    times = rounds.run(cases, rounds=turns)
    # One offer against one search: the sums are taken over as many of each.
    ratio = rounds.ratio(times, offers * len(searches), searches * len(offers))
    tracemalloc.start()
    found = [match(new) for new in made]
    peak = round(tracemalloc.get_traced_memory()[1] / 1_000_000, 1)
    tracemalloc.stop()
    print(f"{engine} {size} alerts: {ratio} of a search, {min(found)} to {max(found)} finds an offer, peak {peak} MB")
    result = {"engine": engine, "size": size, "ratio": ratio, "finds": found, "peak_mb": peak}
    rounds.record(f"alerts-{engine}-{size}", result, times=times)


def _fill(source, count: int) -> None:
    """Store saved searches until there are `count`: nine of ten with words, a third with a filter, a third with a place."""
    from django.utils import timezone

    from benchmarks.loading import said
    from regiokit.search.alerts import reading
    from regiokit.search.alerts.models import SavedSearch

    there, now = SavedSearch.objects.count(), timezone.now()
    stream = (_saved_search(source, number, now) for number in range(there, count))
    with said(f"storing {count - there} saved searches"):
        while part := list(islice(stream, BATCH)):
            reading.read(source, SavedSearch.objects.bulk_create(part))
    with said("reading what another version read"):
        while not reading.bring_up_to_date(source):
            pass


def _saved_search(source, number: int, now):
    from regiokit.search.alerts.candidates import circle
    from regiokit.search.alerts.models import SavedSearch

    draw = random.Random(f"alert:{number}")
    # Rare words as often as common ones; whoever names no word at all names a filter and a place.
    kind = draw.random()
    ranks = draw.choice(((20, 150), (150, 1_200), (1_200, 5_000), (5_000, 20_000)))
    text = " ".join(draw.choices(nouns_between(*ranks, 100), k=draw.choice((1, 1, 2)))) if kind < 0.9 else ""
    facets = {"cause": [draw.choice(list(CAUSES))]} if not text or draw.random() < 0.3 else {}
    saved = SavedSearch(
        source=source.key,
        email=f"person{number}@example.org",
        params=f"q={text}",
        words=text or "Angebote",
        text=text,
        facets=facets,
        confirmed_at=now,
        renewed_at=now,
    )
    if not text or draw.random() < 0.35:
        for name, value in circle(draw.choice(PLACES), saved.radius_km).items():
            setattr(saved, name, value)
    return saved
