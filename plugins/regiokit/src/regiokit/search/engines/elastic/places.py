"""Place, distance and visibility as queries."""

from django.utils import timezone
from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, Exists, GeoDistance, Query, Range, Term, Terms

from regiokit.search.contract import Reach, SearchQuery
from regiokit.search.engines.database.places import BEYOND
from regiokit.search.scores import NEAR_KM

AT_A_PLACE = Term(reach=str(Reach.PLACE))


def hidden() -> Query:
    """Entries whose last day is over."""
    return Range(visible_until={"lt": timezone.localdate().isoformat()})


def inside(query: SearchQuery) -> Query | None:
    """Return the entries at the asked place, and those of the wider reach that the question wants; None without one."""
    if not query.placed:
        return None
    parts = [AT_A_PLACE]
    if query.ags:
        parts.append(Term(ags=query.ags))
    if query.point:
        parts.append(within(query, query.radius_km))
    here = Bool(filter=parts)
    wanted = BEYOND[query.beyond]
    return (
        Bool(should=[here, Terms(reach=[str(reach) for reach in wanted])], minimum_should_match=1) if wanted else here
    )


def left_out(query: SearchQuery) -> Query:
    """Return the entries without a point that a question about a place leaves out."""
    nowhere = Bool(filter=[AT_A_PLACE], must_not=[Exists(field="point")])
    others = [str(reach) for reach in (Reach.AREA, Reach.ANYWHERE) if reach not in BEYOND[query.beyond]]
    return Bool(should=[nowhere, Terms(reach=others)], minimum_should_match=1) if others else nowhere


def within(query: SearchQuery, kilometres: float) -> Query:
    """Entries at most so far from the asked point."""
    lat, lon = query.point
    return GeoDistance(distance=f"{kilometres}km", point={"lat": lat, "lon": lon})


def bands(query: SearchQuery) -> Query:
    """Score by distance, of entries that `inside` lets through: the nearest band most, past the last one nothing.

    Whatever is at a place lies within the radius: nothing is measured for a band as wide or wider.
    """
    scores = []
    for kilometres, point in zip(NEAR_KM, range(len(NEAR_KM), 0, -1), strict=True):
        everywhere = kilometres >= query.radius_km
        scores.append(ConstantScore(filter=AT_A_PLACE if everywhere else within(query, kilometres), boost=point))
        if everywhere:
            break
    return DisMax(queries=scores)
