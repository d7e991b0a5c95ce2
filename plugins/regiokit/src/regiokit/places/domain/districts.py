"""Districts (Ortsteile): what a region names of them in its settings, because no free source knows them all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regiokit import conf
from regiokit.places.domain.distance import Point
from regiokit.places.models import Municipality


@dataclass(frozen=True, slots=True)
class District:
    """A part of a town. `point` is None where nobody has entered one: then distances count from the town."""

    name: str
    town: Municipality
    point: Point | None = None

    @property
    def label(self) -> str:
        """The name that nobody mistakes for another town's district."""
        return f"{self.name} ({self.town.name})"


def districts_of(towns: Iterable[Municipality]) -> Iterator[District]:
    """Yield the districts of these towns; towns that are not loaded have none."""
    named = conf.districts()
    for town in towns:
        for entry in named.get(town.name, ()):
            if isinstance(entry, str):
                yield District(entry, town)
            else:
                yield District(entry["name"], town, Point(entry["lat"], entry["lon"]))
