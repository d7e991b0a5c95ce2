"""Place and distance in SQL: points on the unit sphere, so that no trigonometry is needed there."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from regiokit.places.domain import EARTH_RADIUS_KM, Point, bounding_box
from regiokit.search.contract import Beyond, Reach, SearchQuery
from regiokit.search.scores import NEAR_KM

BEYOND = {Beyond.NONE: (), Beyond.AREA: (Reach.AREA,), Beyond.ALL: (Reach.AREA, Reach.ANYWHERE)}
"""Which wider reaches a question about a place wants as well."""


def inside(query: SearchQuery) -> tuple[str, list]:
    """Return SQL and parameters of the entries at the asked place, and of the wider reach that is wanted; empty without one."""
    if not query.placed:
        return "", []
    parts, params = [], []
    if query.ags:
        parts.append("e.ags = %s")
        params.append(query.ags)
    if query.point:
        # The box first: an index knows it, and few are measured.
        parts.append("e.lat >= %s AND e.lat <= %s AND e.lon >= %s AND e.lon <= %s")
        away, away_params = chord(query)
        parts.append(f"{away} <= %s")
        params += [*bounding_box(Point(*query.point), query.radius_km), *away_params, chord_of(query.radius_km)]
    here = f"(e.reach = '{Reach.PLACE}' AND {' AND '.join(parts)})"
    wanted = BEYOND[query.beyond]
    return (f"({here} OR {_reaches(wanted)})" if wanted else here), params


def left_out(query: SearchQuery) -> str:
    """Return SQL of what only the wish for a place leaves out; what lies elsewhere is not among it."""
    wider = [reach for reach in (Reach.AREA, Reach.ANYWHERE) if reach not in BEYOND[query.beyond]]
    nowhere = f"(e.lat IS NULL AND e.reach = '{Reach.PLACE}')"
    return f"({nowhere} OR {_reaches(wider)})" if wider else nowhere


def chord(query: SearchQuery) -> tuple[str, list]:
    """Return SQL and parameters of the squared chord between an entry and the asked point: it grows with the distance."""
    if not query.point:
        return "NULL", []
    x, y, z = sphere(*query.point)
    return "((e.x - %s) * (e.x - %s) + (e.y - %s) * (e.y - %s) + (e.z - %s) * (e.z - %s))", [x, x, y, y, z, z]


def nearness(query: SearchQuery) -> tuple[str, list]:
    """Return SQL and parameters of the band of distance: most for the nearest, 0 past the last one."""
    away, away_params = chord(query)
    cases, params = [], []
    for points, kilometres in zip(range(len(NEAR_KM), 0, -1), NEAR_KM, strict=True):
        cases.append(f"WHEN {away} < %s THEN {points}")
        params += [*away_params, chord_of(kilometres)]
    return f"(CASE {' '.join(cases)} ELSE 0 END)", params


def sphere(lat: float, lon: float) -> tuple[float, float, float]:
    """Return the point on the unit sphere of a place in degrees."""
    phi, lam = radians(lat), radians(lon)
    return cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)


def chord_of(kilometres: float) -> float:
    """Return the squared chord on the unit sphere that so many km on the ground are."""
    return (2 * sin(min(kilometres / EARTH_RADIUS_KM, radians(180)) / 2)) ** 2


def kilometres_of(squared: float | None) -> float | None:
    """Return the km on the ground of a squared chord."""
    return None if squared is None else 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(squared) / 2))


def _reaches(wanted: Iterable[Reach]) -> str:
    # Only what is at a place has a point, and by `lat` an index finds the others.
    return f"(e.lat IS NULL AND e.reach IN ({', '.join(repr(str(reach)) for reach in wanted)}))"
