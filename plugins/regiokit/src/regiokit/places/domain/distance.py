"""Points and great-circle distances, without a database."""

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the earth in km: H. Moritz, Geodetic Reference System 1980 (IUGG), Journal of Geodesy 74 (2000)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth in degrees, WGS 84, north and east positive."""

    lat: float
    lon: float


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance in km (haversine formula: exact for near points too)."""
    half_chord = (
        sin(radians(b.lat - a.lat) / 2) ** 2
        + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_chord)))


def bounding_box(point: Point, radius_km: float) -> tuple[float, float, float, float]:
    """Return (lat_min, lat_max, lon_min, lon_max) in degrees of the box around a circle of `radius_km` km.

    The box holds the whole circle; its sides are widest north of the centre, where the meridians draw together.
    Raises ValueError for a radius that is negative or not a number.
    """
    if not radius_km >= 0:
        raise ValueError(f"radius_km must be a number of at least 0, not {radius_km!r}")
    angle = min(radius_km / EARTH_RADIUS_KM, radians(180)) + 1e-12
    lat_min, lat_max = point.lat - degrees(angle), point.lat + degrees(angle)
    if lat_min <= -90 or lat_max >= 90:
        return max(lat_min, -90.0), min(lat_max, 90.0), -180.0, 180.0
    side = degrees(asin(min(1.0, sin(angle) / cos(radians(point.lat)))))
    return lat_min, lat_max, point.lon - side, point.lon + side
