"""Short answers about published spaces, for home pages and blocks."""

from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from coworking.domain.hours import is_open
from coworking.models import Space
from regiokit.pictures.models import load_pictures
from regiokit.places.domain import Point, distance_km
from regiokit.places.models import Municipality
from regiokit.places.outlines import TownOutline, outlines_of


def count_spaces() -> int:
    """Return how many spaces are published."""
    return Space.objects.published().count()


def count_desks() -> int:
    """Return how many desks the published spaces have together."""
    return Space.objects.published().aggregate(desks=Sum("capacity_desks"))["desks"] or 0


def live_spaces(*, town: str = "", limit: int = 3) -> list[Space]:
    """Return up to `limit` published spaces, those lately confirmed first; of the town with that AGS if named."""
    found = Space.objects.published().for_display()
    if town:
        found = found.filter(municipality_id=town)
    return load_pictures(found.order_by("-state__confirmed_at", "-pk")[:limit])


def open_now(at: datetime | None = None) -> set[int]:
    """Return the ids of the published spaces that are open at that moment (default: now); one query."""
    at = at or timezone.now()
    rows = Space.objects.published().only("pk", "opening_hours", "municipality_id")
    return {space.pk for space in rows if is_open(space, at)}


def near_by(space: Space, *, limit: int = 3) -> list[tuple[Space, float]]:
    """Return the published spaces nearest to `space` with their distance in km, itself left out."""
    here = Point(*space.point)
    others = Space.objects.published().for_display().exclude(pk=space.pk)
    placed = [(other, distance_km(here, Point(*other.point))) for other in others]
    return sorted(placed, key=lambda pair: (pair[1], pair[0].name))[:limit]


def towns() -> tuple[TownOutline, ...]:
    """Return the towns with their outlines, for a map."""
    return outlines_of(Municipality.objects.all())


def contact_of(space: Space) -> dict[str, str]:
    """Return what may be shown in public, field by field as the organisation released it.

    The telephone, address and page of the place itself stand before those of the organisation.
    """
    released = space.organisation.released
    own = {"phone": space.phone, "email": space.email, "website": space.website}
    found = {}
    for field in ("contact_name", "phone", "email", "website"):
        if getattr(space.organisation, f"release_{field}") and (value := own.get(field) or released.get(field)):
            found[field] = value
    if "phone" in found and space.organisation.phone_hours:
        found["phone_hours"] = space.organisation.phone_hours
    return found
