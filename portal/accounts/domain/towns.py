"""Towns of a moderator: an assignment of what waits for whom, not a wall. Whoever has no towns looks after all."""

from collections.abc import Iterable

from django.db.models import Q

from regiokit.places.models import Municipality


class UnknownTown(ValueError):
    """The region has no town of that name; the message lists those it has."""


def towns_of(user) -> frozenset[str]:
    """Return the keys (AGS) of the towns this person looks after; an empty set means: all."""
    return frozenset(user.towns.values_list("ags", flat=True))


def looking_after(users, ags: str):
    """Narrow a queryset of users to those who look after the town with this key (AGS): it is theirs, or they have none."""
    return users.filter(Q(towns=None) | Q(towns=ags)).distinct()


def find_towns(names: Iterable[str]) -> list[Municipality]:
    """Return the towns of these names, capitals do not matter. Raises `UnknownTown`."""
    towns = {town.name.casefold(): town for town in Municipality.objects.defer("outline")}
    found = []
    for name in names:
        if name.strip().casefold() not in towns:
            known = ", ".join(sorted(town.name for town in towns.values()))
            raise UnknownTown(
                f"Den Ort {name!r} gibt es hier nicht. Es gibt: {known or 'noch keine Orte (load_places)'}."
            )
        found.append(towns[name.strip().casefold()])
    return found
