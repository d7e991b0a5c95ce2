"""Open data: the same questions and answers as on the pages, as JSON and GeoJSON (RFC 7946)."""

import json
from dataclasses import replace
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from coworking.domain.hours import is_open, open_until
from coworking.domain.lists import contact_of
from coworking.domain.prices import day_price
from coworking.enums import Amenity, PriceBand, SpaceKind, Wheelchair
from coworking.models import Space
from coworking.search import source
from regiokit.conf import absolute
from regiokit.search import Hit
from regiokit.search.domain import search
from regiokit.search.faces import as_json
from regiokit.search.filters import query_from

router = Router()

MOST_FEATURES = 500


class SpaceRow(Schema):
    """One space of a result. Distances in km, prices in cents with VAT, `open_until` in local time."""

    id: int
    title: str
    url: str
    summary: str
    organisation: str
    town: str
    lat: float
    lon: float
    distance_km: float | None
    amenities: list[str]
    open_now: bool
    open_until: datetime | None
    price_per_day_cents: int | None
    confirmed_at: datetime | None


class Highlights(Schema):
    """Safe HTML with `<mark>` around what was found; empty without words."""

    title: str
    snippet: str


class FoundSpace(SpaceRow):
    """One space of a result, with what was found in it."""

    highlights: Highlights


class FacetRow(Schema):
    """One value of a facet; `count` does not depend on the facet's own selection."""

    value: str
    label: str
    count: int
    selected: bool


class SpacePage(Schema):
    """One page of a result.

    `corrections`: typed words that nobody uses, and what was looked for instead. `partial`: only `complete` entries have
    all the words, the others some. `wordless`: words cannot be looked for at the moment. `degraded`: another engine than
    usual answered.
    """

    count: int
    page: int
    pages: int
    results: list[FoundSpace]
    facets: dict[str, list[FacetRow]]
    corrections: dict[str, str]
    partial: bool
    complete: int
    wordless: bool
    degraded: bool
    engine: str
    took_ms: float


class Price(Schema):
    """What a product costs, in cents with VAT."""

    product: str
    gross_cents: int


class SpaceDetail(SpaceRow):
    """Everything that is public about a space. `opening_hours` in OpenStreetMap's syntax, meant in local time."""

    kind: str
    description: str
    address: str
    municipality_ags: str
    opening_hours: str
    access_note: str
    capacity_desks: int | None
    capacity_rooms: int | None
    internet_down: int | None
    internet_up: int | None
    noise: str
    confidential: bool
    prices: list[Price]
    trial_day: bool
    accessibility: dict[str, str | int | None]
    accessibility_note: str
    stop_name: str
    stop_walk_minutes: int | None
    departures_per_hour: int | None
    house_rules: str
    contact: dict[str, str]


def _parameter(name: str, description: str, schema: dict, **more) -> dict:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema, **more}


_TEXT, _LIST = {"type": "string"}, {"style": "form", "explode": True}
PARAMETERS = [
    _parameter("q", "Words to search for", {**_TEXT, "maxLength": 200}),
    _parameter("near", "A town in any spelling, a postal code, or lat,lon", _TEXT),
    _parameter("radius", "km around `near`", {"type": "number", "minimum": 1, "maximum": 200, "default": 10}),
    _parameter("town", "Only in this town: its name or its AGS", _TEXT),
    _parameter("sort", "Order", {"type": "string", "enum": ["relevance", "newest", "distance"]}),
    _parameter(
        "beyond", "Entries without a place", {"type": "string", "enum": ["area", "all", "none"], "default": "area"}
    ),
    *(
        _parameter(name, text, {"type": "array", "items": {"type": "string", "enum": values}}, **_LIST)
        for name, text, values in (
            ("amenity", "Has one of these; repeatable", Amenity.values),
            ("kind", "Is one of these; repeatable", SpaceKind.values),
            ("price", "Price of a day; repeatable", PriceBand.values),
            ("wheelchair", "Access with a wheelchair; repeatable", Wheelchair.values),
        )
    ),
    _parameter(
        "open_now", "Open at this moment", {"type": "array", "items": {"type": "string", "enum": ["true"]}}, **_LIST
    ),
    _parameter("page", "Page, from 1", {"type": "integer", "minimum": 1, "default": 1}),
    _parameter("per_page", "Entries a page", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}),
]
"""Declared for the description only: `query_from` checks them, as it does for the pages."""

_GEOJSON = {
    "parameters": PARAMETERS,
    "responses": {
        200: {
            "description": "A FeatureCollection (RFC 7946)",
            "content": {"application/geo+json": {"schema": {"type": "object"}}},
        }
    },
}


@router.get("/spaces", response=SpacePage, openapi_extra={"parameters": PARAMETERS}, summary="Spaces that match")
def spaces(request):
    """Return one page of the spaces that match, with the counts of the facets."""
    return as_json(search(source, query_from(source, request.GET, strict=True)), row)


@router.get("/spaces.geojson", openapi_extra=_GEOJSON, summary="Spaces that match, as GeoJSON")
def spaces_geojson(request):
    """Return all spaces that match (at most 500), whatever `page` says."""
    query = replace(query_from(source, request.GET, strict=True), page=1, per_page=MOST_FEATURES)
    features = [_feature(row(hit)) for hit in search(source, query).hits]
    collection = {"type": "FeatureCollection", "features": features}
    return HttpResponse(json.dumps(collection, ensure_ascii=False, default=str), content_type="application/geo+json")


@router.get("/spaces/{int:space_id}", response=SpaceDetail, summary="One space")
def space(request, space_id: int):
    """Return everything public about one space."""
    found = get_object_or_404(Space.objects.published().for_display(), pk=space_id)
    plain = (
        "kind", "description", "address", "opening_hours", "access_note", "capacity_desks", "capacity_rooms",
        "internet_down", "internet_up", "noise", "confidential", "prices", "trial_day", "accessibility",
        "accessibility_note", "stop_name", "stop_walk_minutes", "departures_per_hour", "house_rules",
    )  # fmt: skip
    return {
        **row(Hit(found.pk, found, None)),
        **{name: getattr(found, name) for name in plain},
        "municipality_ags": found.municipality_id,
        "contact": contact_of(found),
    }


def row(hit: Hit) -> dict:
    """Return what an answer says of a found space."""
    found = hit.object
    lat, lon = found.point
    price = day_price(found)
    until = open_until(found)
    return {
        "id": found.pk,
        "title": found.name,
        "url": absolute(found.get_absolute_url()),
        "summary": found.summary,
        "organisation": found.organisation.name,
        "town": found.municipality.name,
        "lat": lat,
        "lon": lon,
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 2),
        "amenities": [value for value in Amenity.values if value in found.amenities],
        "open_now": is_open(found),
        "open_until": until.isoformat() if until else None,
        "price_per_day_cents": price.cents if price else None,
        "confirmed_at": found.confirmed_at.isoformat() if found.confirmed_at else None,
    }


def _feature(properties: dict) -> dict:
    lat, lon = properties.pop("lat"), properties.pop("lon")
    geometry = {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]}
    return {"type": "Feature", "id": properties["id"], "geometry": geometry, "properties": properties}
