"""The yardstick: what an engine needs for the best 20 entries alone, on the same index, with the same tokens and filters.

No counts, no objects, no places, no marks: what nobody could leave out.
"""

import json
from collections.abc import Callable
from math import cos, radians

from regiokit.search import SearchQuery, SearchSource
from regiokit.search.asking import ask

TOP = 20
KM_A_DEGREE = 111.2


def raw(engine: str, source: SearchSource, query: SearchQuery) -> Callable[[], list[int]]:
    """Return a function that asks `engine` for the ids of the best 20; everything else is done before."""
    question = ask(query.text, [source.key])
    terms = [[" ".join(tokens) for tokens in term.same + term.part] for term in question.terms]
    return {"sqlite": _sqlite, "postgresql": _postgresql, "elasticsearch": _elasticsearch}[engine](source, query, terms)


def _sqlite(source, query, terms):
    where, params = _filters(source, query, lambda facet, value: ("c.facets LIKE %s", f'%"{value}"%'))
    if not terms:
        return _rows(f"SELECT e.object_id {_from(query)} WHERE {where} ORDER BY {_order(query)} LIMIT {TOP}", params)
    match = " AND ".join("(" + " OR ".join(f'"{tokens}"' for tokens in term) + ")" for term in terms)
    start = "SELECT f.rowid FROM regiokit_search_fts f"
    if not (query.facets or query.point):
        return _rows(f"{start} WHERE regiokit_search_fts MATCH %s ORDER BY rank LIMIT {TOP}", [match])
    # CROSS JOIN: SQLite keeps this order; it would rather begin with the place and ask for the words row by row.
    joined = f"{start} CROSS JOIN regiokit_searchentry e {_COMBINATION if query.facets else ''}"
    return _rows(
        f"{joined} WHERE e.id = f.rowid AND regiokit_search_fts MATCH %s AND {where} ORDER BY rank LIMIT {TOP}",
        [match, *params],
    )


def _postgresql(source, query, terms):
    where, params = _filters(
        source, query, lambda facet, value: ("c.facets @> %s::jsonb", json.dumps({facet: [value]}))
    )
    if not terms:
        return _rows(f"SELECT e.object_id {_from(query)} WHERE {where} ORDER BY {_order(query)} LIMIT {TOP}", params)
    match = " & ".join(
        "(" + " | ".join(" <-> ".join(f"'{token}'" for token in tokens.split()) for tokens in term) + ")"
        for term in terms
    )
    vectors = [f"e.{field}_vector" for field in ("title", "organisation", "text")]
    found = " OR ".join(f"{vector} @@ q.q" for vector in vectors)
    rank = " + ".join(f"ts_rank({vector}, q.q)" for vector in vectors)
    sql = f"SELECT e.object_id {_from(query)} CROSS JOIN (SELECT %s::tsquery AS q) AS q WHERE ({found}) AND {where}"
    return _rows(f"{sql} ORDER BY {rank} DESC LIMIT {TOP}", [match, *params])


def _elasticsearch(source, query, terms):
    from elasticsearch.dsl import Q, Search

    from regiokit.search.engines.elastic.client import client
    from regiokit.search.engines.elastic.index import alias

    search = Search(using=client(), index=alias(source.key))[:TOP]
    for term in terms:
        single = " ".join(tokens for tokens in term if " " not in tokens)
        search = search.query("multi_match", query=single, fields=["title", "organisation", "text"])
    for facet, values in query.facets.items():
        search = search.filter("terms", **{f"facets.{facet}": sorted(values)})
    if query.point:
        lat, lon = query.point
        search = search.filter(Q("geo_distance", distance=f"{query.radius_km}km", point={"lat": lat, "lon": lon}))
    if not terms:
        place = {"lat": query.point[0], "lon": query.point[1]} if query.point else {}
        search = search.sort({"_geo_distance": {"point": place}} if query.point else "-published_at")

    def run() -> list[str]:
        return [hit.meta.id for hit in search.execute(ignore_cache=True)]

    return run


_COMBINATION = "JOIN regiokit_searchcombination c ON c.id = e.combination_id"


def _from(query: SearchQuery) -> str:
    return f"FROM regiokit_searchentry e {_COMBINATION if query.facets else ''}"


def _filters(source, query, has_value):
    parts, params = ["e.source = %s AND e.generation = %s"], [source.key, _generation(source)]
    for facet, values in query.facets.items():
        conditions = [has_value(facet, value) for value in sorted(values)]
        parts.append("(" + " OR ".join(sql for sql, _param in conditions) + ")")
        params += [param for _sql, param in conditions]
    if query.point:
        # The circle's box alone: a raw query that measures nothing.
        lat, lon = query.point
        high, wide = query.radius_km / KM_A_DEGREE, query.radius_km / KM_A_DEGREE / cos(radians(lat))
        parts.append("e.lat BETWEEN %s AND %s AND e.lon BETWEEN %s AND %s")
        params += [lat - high, lat + high, lon - wide, lon + wide]
    return " AND ".join(parts), params


def _generation(source: SearchSource) -> int:
    from regiokit.search.models import SearchIndex

    return SearchIndex.objects.get(engine="database", source=source.key).generation


def _order(query):
    if query.point:
        lat, lon = query.point
        return f"(e.lat - {lat}) * (e.lat - {lat}) + (e.lon - {lon}) * (e.lon - {lon})"
    return "e.published_at DESC"


def _rows(sql: str, params: list) -> Callable[[], list[int]]:
    from django.db import connection

    def run() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [row[0] for row in cursor.fetchall()]

    return run
