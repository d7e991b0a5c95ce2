"""The outlines of towns as the map takes them: as text, because reading all their numbers takes longer than the map."""

from typing import NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from regiokit.places.models import Municipality


class TownOutline(NamedTuple):
    """A town by its key (AGS) and name. `rings`: JSON, a list of rings of [longitude, latitude] in degrees (WGS 84)."""

    ags: str
    name: str
    rings: str


def outlines_of(towns: QuerySet[Municipality]) -> tuple[TownOutline, ...]:
    """Return the outlines of these towns in their order, in one query."""
    rows = towns.values_list("ags", "name", Cast("outline", TextField()))
    return tuple(map(TownOutline._make, rows))
