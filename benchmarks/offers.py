"""Any number of realistic offers. Offer number i is always the same and can be made alone, so nothing is ever held in memory.

Lengths, shares and gaps follow the demo's offers, which people wrote.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from benchmarks.vocabulary import nouns_between, weights, words
from regiokit.places.region import known_regions, read_region

SEED = 1
REGION = max(known_regions())
"""The same county for everybody who measures: the last one by name of those that the package has."""
POINTS_A_TOWN = 500
OFFERS_AN_ORGANISATION = 6
# Value and weight: what is asked for often comes first.
CAUSES = {"social": 18, "sport": 16, "youth": 12, "school": 11, "culture": 9, "environment": 8, "church": 6, "local": 5}
CAUSES |= {"leisure": 4, "rescue": 4, "health": 3, "digital": 2, "work": 1, "politics": 0.7, "justice": 0.3}
TIMES = {"weekly": 38, "flexible": 20, "once": 14, "monthly": 13, "project": 7, "more": 5, "": 3}
MODES = {"on_site": 82, "hybrid": 8, "area": 6, "online": 4}
SUITABLE = {"beginners": 0.55, "groups": 0.15, "families": 0.1, "little_german": 0.08}
ACCESS = ("step_free", "toilet", "parking", "hearing", "plain_language")
KNOWN = {"unknown": 70, "yes": 20, "no": 10}
TOWNS_BY_KIND = {"Stadt": 3, "Gemeinde": 1}


@dataclass(frozen=True, slots=True)
class MadeOffer:
    """One offer, free of any model. `starts_in`, `ends_in`, `confirmed_ago`, `published_ago` count days from today."""

    number: int
    organisation: int
    title: str
    summary: str
    description: str
    needs: str
    gives: str
    schedule: str
    causes: tuple[str, ...]
    time: str
    mode: str
    suitable_for: tuple[str, ...]
    access: dict[str, str]
    ags: str | None
    lat: float | None
    lon: float | None
    place_name: str
    street: str
    starts_in: int | None
    ends_in: int | None
    confirmed_ago: int
    published_ago: int


def offers(count: int, *, first: int = 0) -> Iterator[MadeOffer]:
    """Yield `count` offers, beginning with number `first`."""
    return (offer(number) for number in range(first, first + count))


def offer(number: int) -> MadeOffer:
    """Return offer `number`: the same one in every run."""
    draw = random.Random(f"{SEED}:{number}")
    mode = _one(draw, MODES)
    somewhere = mode in ("on_site", "hybrid")
    ags, lat, lon = _place(draw) if somewhere else (None, None, None)
    starts_in, ends_in = _period(draw)
    confirmed_ago = min(int(draw.expovariate(1 / 90)), 500)
    return MadeOffer(
        number=number,
        organisation=number // OFFERS_AN_ORGANISATION,
        title=sentence(draw, 3, 6).rstrip(".")[:80],
        summary=sentence(draw, 12, 18)[:200],
        description=" ".join(sentence(draw, 6, 12) for _ in range(draw.randint(3, 5))),
        needs=sentence(draw, 6, 12),
        gives=sentence(draw, 6, 12),
        schedule=sentence(draw, 4, 7).rstrip(".")[:120],
        causes=tuple(dict.fromkeys(draw.choices([*CAUSES], [*CAUSES.values()], k=draw.choice((1, 1, 2, 2, 3))))),
        time=_one(draw, TIMES),
        mode=mode,
        suitable_for=tuple(value for value, share in SUITABLE.items() if draw.random() < share),
        access={name: _one(draw, KNOWN) for name in ACCESS},
        ags=ags,
        lat=lat,
        lon=lon,
        place_name=sentence(draw, 2, 3).rstrip(".")[:120] if somewhere else "",
        street=f"{draw.choice(words()[500:3000]).capitalize()}weg {draw.randint(1, 90)}" if somewhere else "",
        starts_in=starts_in,
        ends_in=ends_in,
        confirmed_ago=confirmed_ago,
        published_ago=confirmed_ago + int(draw.expovariate(1 / 200)),
    )


def organisation_name(number: int) -> tuple[str, str]:
    """Return name and AGS of organisation `number`."""
    draw = random.Random(f"{SEED}:organisation:{number}")
    kind = draw.choice(
        ("Heimatverein", "Sportverein", "Förderverein", "Chor", "Initiative", "Bürgerbus", "Hospizkreis")
    )
    noun = draw.choice(nouns_between(200, 4000, 1000))
    return f"{kind} {noun} {number} e. V."[:160], draw.choice([*_points()])


def day(today: date, days: int | None) -> date | None:
    """Return the date `days` after `today`; None stays None."""
    return None if days is None else today + timedelta(days=days)


def sentence(draw: random.Random, least: int, most: int) -> str:
    """Return a sentence of `least` to `most` words with the frequencies of `vocabulary`."""
    text = " ".join(draw.choices(words(), cum_weights=weights(), k=draw.randint(least, most)))
    return f"{text[0].upper()}{text[1:]}."


def _one(draw: random.Random, shares: dict[str, float]) -> str:
    return draw.choices([*shares], [*shares.values()])[0]


def _period(draw: random.Random) -> tuple[int | None, int | None]:
    """Return first and last day from today: most offers are open-ended; no last day lies near enough to pass unseen."""
    kind = draw.random()
    if kind < 0.6:
        return None, None
    starts = draw.randint(-200, 120)
    if kind < 0.75:
        return starts, None
    return starts, max(starts, 60) + int(draw.expovariate(1 / 60))


def _place(draw: random.Random) -> tuple[str, float, float]:
    """Return town and point; cities hold more offers than villages."""
    ags = draw.choices([*_points()], [weight for weight, _found in _points().values()])[0]
    lat, lon = draw.choice(_points()[ags][1])
    return ags, round(lat + draw.uniform(-0.002, 0.002), 5), round(lon + draw.uniform(-0.003, 0.003), 5)


@cache
def _points() -> dict[str, tuple[int, list[tuple[float, float]]]]:
    """Return the weight of each town and points within its outline, by AGS."""
    return {
        town["ags"]: (TOWNS_BY_KIND[town["kind"]], _points_within(town["outline"][0], town["ags"]))
        for town in read_region(REGION).municipalities
    }


def _points_within(ring: list[list[float]], ags: str) -> list[tuple[float, float]]:
    draw, found = random.Random(f"{SEED}:{ags}"), []
    lons, lats = zip(*ring, strict=True)
    while len(found) < POINTS_A_TOWN:
        lat, lon = draw.uniform(min(lats), max(lats)), draw.uniform(min(lons), max(lons))
        if _inside(lat, lon, ring):
            found.append((lat, lon))
    return found


def _inside(lat: float, lon: float, ring: list[list[float]]) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    inside = False
    for (lon1, lat1), (lon2, lat2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (lat1 > lat) != (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
            inside = not inside
    return inside
