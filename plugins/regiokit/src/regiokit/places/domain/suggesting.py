"""Places that somebody may be typing: towns, districts and postal codes by their beginning."""

from regiokit.places.domain.districts import districts_of
from regiokit.places.domain.resolve import fold
from regiokit.places.models import Municipality, PostalCode


def suggest_places(text: str, *, limit: int = 8) -> list[str]:
    """Return at most `limit` labels that `resolve` understands, towns before districts. Two queries at most.

    Digits are the beginning of a postal code. Anything else is the beginning of a name, or of a later word in it.
    """
    typed = " ".join(text[:60].split())
    if typed[:1].isdigit():
        codes = PostalCode.objects.filter(code__startswith=typed[:5]).select_related("municipality")
        rows = codes.defer("municipality__outline").order_by("code", "municipality__name")[:limit]
        return [f"{row.code} {row.municipality.name}" for row in rows]
    if not (key := fold(typed)):
        return []
    towns = list(Municipality.objects.defer("outline"))
    named = [(town.name, town.name) for town in towns]
    named += [(part.name, part.label) for part in districts_of(towns)]
    found = [
        (not fold(name).startswith(key), number, label) for number, (name, label) in enumerate(named) if _has(name, key)
    ]
    return [label for _later, _number, label in sorted(found)[:limit]]


def _has(name: str, key: str) -> bool:
    """Whether the name or one of its words begins so."""
    return any(fold(start).startswith(key) for start in (name, *name.replace("-", " ").split()))
