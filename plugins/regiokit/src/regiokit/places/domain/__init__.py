"""Verbs on places: from what people type to a point, and from a point to what is near."""

from regiokit.places.domain.distance import EARTH_RADIUS_KM, Point, bounding_box, distance_km
from regiokit.places.domain.nearby import near, postal_codes, within
from regiokit.places.domain.resolve import Place, UnknownPlace, resolve
from regiokit.places.domain.suggesting import suggest_places

__all__ = [
    "EARTH_RADIUS_KM",
    "Place",
    "Point",
    "UnknownPlace",
    "bounding_box",
    "distance_km",
    "near",
    "postal_codes",
    "resolve",
    "suggest_places",
    "within",
]
