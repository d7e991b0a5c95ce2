"""Rows within a distance, with functions that SQLite and PostgreSQL share."""

from django.db.models import ExpressionWrapper, F, FloatField, QuerySet, Value
from django.db.models.functions import ASin, Cast, Cos, Greatest, Least, Radians, Sin, Sqrt

from regiokit.places.domain.distance import EARTH_RADIUS_KM, Point, bounding_box
from regiokit.places.domain.resolve import resolve
from regiokit.places.models import PostalCode


def within(queryset: QuerySet, point: Point, radius_km: float, *, lat: str = "lat", lon: str = "lon") -> QuerySet:
    """Return the rows at most `radius_km` km from `point`, each with its `distance_km` (great circle).

    `lat` and `lon` name number fields in degrees, `municipality__lat` for instance. Their index serves the bounding
    box; the formula of `distance_km` decides among what is left. Rows without coordinates are never within.
    The order is the caller's matter: `.order_by("distance_km", "pk")`. Raises ValueError for a negative radius.
    """
    lat_min, lat_max, lon_min, lon_max = bounding_box(point, radius_km)
    boxed = queryset.filter(
        **{f"{lat}__gte": lat_min, f"{lat}__lte": lat_max, f"{lon}__gte": lon_min, f"{lon}__lte": lon_max}
    )
    return boxed.annotate(distance_km=_distance(point, lat=lat, lon=lon)).filter(distance_km__lte=radius_km)


def near(text: str, *, radius_km: float, queryset: QuerySet, lat: str = "lat", lon: str = "lon") -> QuerySet:
    """Return the rows within `radius_km` km of what a person typed (see `resolve`, which raises UnknownPlace)."""
    return within(queryset, resolve(text).point, radius_km, lat=lat, lon=lon)


def _distance(point: Point, *, lat: str, lon: str) -> ExpressionWrapper:
    """Haversine formula in SQL; clamped, because rounding past 1 makes asin an error on PostgreSQL."""
    row_lat, row_lon = Cast(F(lat), FloatField()), Cast(F(lon), FloatField())
    half_lat = Sin(Radians(row_lat - Value(point.lat)) / Value(2.0))
    half_lon = Sin(Radians(row_lon - Value(point.lon)) / Value(2.0))
    half_chord = half_lat * half_lat + Cos(Radians(Value(point.lat))) * Cos(Radians(row_lat)) * half_lon * half_lon
    clamped = Greatest(Value(0.0), Least(Value(1.0), half_chord))
    return ExpressionWrapper(Value(2 * EARTH_RADIUS_KM) * ASin(Sqrt(clamped)), output_field=FloatField())


def postal_codes() -> dict[str, list[str]]:
    """Return the postal codes of each town by its key (AGS); one query."""
    found: dict[str, list[str]] = {}
    for ags, code in PostalCode.objects.order_by("code").values_list("municipality_id", "code"):
        found.setdefault(ags, []).append(code)
    return found
