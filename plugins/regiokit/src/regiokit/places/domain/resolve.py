"""From what a person typed to a point: a town in any spelling, a postal code, or "lat,lon"."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from regiokit.places.domain.distance import Point
from regiokit.places.domain.districts import District, districts_of
from regiokit.places.models import Municipality, PostalCode

LONGEST_INPUT = 200
"""Characters. No German town name comes near it; longer input is refused before any work is done with it."""
SHOWN_INPUT = 60
"""Characters of the input that an error message repeats."""
LAT_RANGE = (47.0, 56.0)
LON_RANGE = (5.0, 16.0)
"""Degrees around Germany: a point outside is a mistake, mostly lat and lon in the wrong order."""
MOST_NAMES = 3
"""Towns that the label of a shared postal code names."""

COORDINATES = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?) ?, ?(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)")
POSTAL_CODE = re.compile(r"(?:D ?- ?)?([0-9]{5})(?: (?P<town>[^\W\d_].*))?", re.IGNORECASE)
KIND_BEFORE = re.compile(r"(?:stadt|gemeinde|ortsgemeinde|markt|flecken) (?=.)", re.IGNORECASE)
KIND_AFTER = re.compile(r", ?(?:stadt|gemeinde|markt|flecken)$", re.IGNORECASE)
FOLDED_PAIRS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "æ": "a", "œ": "o", "ø": "o"})


@dataclass(frozen=True, slots=True)
class Place:
    """What was meant. `label` is for people and resolves to the same place again.

    `municipality` is None for a bare point and for a postal code that several towns share; its outline is deferred.
    `district` is the part of the town that was named, when the point is the town's because nobody knows a nearer one.
    """

    label: str
    point: Point
    municipality: Municipality | None = None
    district: str = ""


class UnknownPlace(ValueError):
    """Nothing known is meant by `text` (as typed); the message is German, short and for people."""

    def __init__(self, text: str, message: str) -> None:
        super().__init__(message)
        self.text = text


def resolve(text: str) -> Place:
    """Return the place that `text` names: "Mölln", "moelln", "Stadt Mölln", "23879", "23879 Mölln", "53.63,10.69".

    A district is known by its name or with its town ("Lanken", "Lanken (Mölln)", "Mölln-Lanken"). Coordinates are
    degrees with decimal point, lat first, and must lie around Germany. A part of a name is enough when only one town
    begins with it ("Rothenburg" for "Rothenburg ob der Tauber"). One query. Raises UnknownPlace for all else.
    """
    typed = _clean(text)
    if found := COORDINATES.fullmatch(typed):
        return _at_coordinates(text, lat=float(found[1]), lon=float(found[2]))
    if found := POSTAL_CODE.fullmatch(typed):
        return _in_postal_code(text, code=found[1], town=found["town"] or "")
    return _in_town(text, typed=typed)


def fold(name: str) -> str:
    """Return a key that all spellings of a name share: letters and digits only, "molln" for "MÖLLN" and "Moelln"."""
    letters = unicodedata.normalize("NFKC", name).casefold().translate(FOLDED_PAIRS)
    letters = re.sub("([aou])e", r"\1", letters)
    return "".join(letter for letter in unicodedata.normalize("NFKD", letters) if letter.isalnum())


def _clean(text: str) -> str:
    """Return the text in one Unicode form with single spaces; raises UnknownPlace for what cannot be a place."""
    if not isinstance(text, str) or not text.strip():
        raise UnknownPlace(str(text or ""), _("Bitte geben Sie einen Ort oder eine Postleitzahl ein."))
    if len(text) > LONGEST_INPUT or not text.replace("\t", " ").strip().isprintable():
        raise UnknownPlace(text, _unknown(text))
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _at_coordinates(text: str, *, lat: float, lon: float) -> Place:
    if not (LAT_RANGE[0] <= lat <= LAT_RANGE[1] and LON_RANGE[0] <= lon <= LON_RANGE[1]):
        message = _("Der Punkt „%(text)s“ liegt nicht in Deutschland. Schreiben Sie zuerst die Breite, dann die Länge.")
        raise UnknownPlace(text, message % {"text": _shown(text)})
    return Place(label=f"{lat:.4f}, {lon:.4f}", point=Point(lat, lon))


def _in_postal_code(text: str, *, code: str, town: str) -> Place:
    every = list(PostalCode.objects.select_related("municipality").defer("municipality__outline"))
    rows = [row for row in every if row.code == code]
    if not rows:
        closest = get_close_matches(code, dict.fromkeys(row.code for row in every), n=3, cutoff=0.6)
        labels = [_code_label([row for row in every if row.code == near]) for near in closest]
        raise UnknownPlace(text, _unknown(text, labels=labels))
    named = [row for row in rows if town and fold(row.municipality.name) == fold(town)]
    rows = named or rows
    only = rows[0].municipality if len(rows) == 1 else None
    return Place(label=_code_label(rows), point=Point(rows[0].lat, rows[0].lon), municipality=only)


def _code_label(rows: Sequence[PostalCode]) -> str:
    names = sorted(row.municipality.name for row in rows)
    more = " …" if len(names) > MOST_NAMES else ""
    return f"{rows[0].code} {', '.join(names[:MOST_NAMES])}{more}"


def _in_town(text: str, *, typed: str) -> Place:
    towns = list(Municipality.objects.defer("outline"))
    by_key: dict[str, list[Municipality]] = {}
    for town in towns:
        by_key.setdefault(fold(town.name), []).append(town)
    for name in (typed, KIND_AFTER.sub("", KIND_BEFORE.sub("", typed, count=1))):
        key = fold(name)
        found = by_key.get(key) or (_beginning_with(name, towns) if len(key) >= 3 else [])
        found = [town for town in found if town.name.casefold() == name.casefold()] or found
        if len(found) == 1:
            return Place(label=found[0].name, point=Point(found[0].lat, found[0].lon), municipality=found[0])
    parts = list(districts_of(towns))
    if len(found := _districts_named(typed, parts)) == 1:
        return _in_district(found[0])
    names = {key: [town.name for town in found] for key, found in by_key.items()}
    for part in parts:
        names.setdefault(fold(part.name), []).append(part.label)
    labels = [part.label for part in found]
    if not labels:
        closest = get_close_matches(fold(KIND_BEFORE.sub("", typed, count=1)), names, n=3, cutoff=0.6)
        labels = [label for key in closest for label in names[key]]
    raise UnknownPlace(text, _unknown(text, labels=labels))


def _districts_named(typed: str, districts: Iterable[District]) -> list[District]:
    key = fold(typed)
    return [
        part for part in districts if key in (fold(part.name), fold(part.label), fold(f"{part.town.name}{part.name}"))
    ]


def _in_district(part: District) -> Place:
    if part.point:
        return Place(label=part.label, point=part.point, municipality=part.town)
    return Place(
        label=part.town.name, point=Point(part.town.lat, part.town.lon), municipality=part.town, district=part.name
    )


def _beginning_with(name: str, towns: Iterable[Municipality]) -> list[Municipality]:
    """Return the towns whose first whole words are `name`."""
    words = [fold(word) for word in re.split(r"[\s-]+", name) if fold(word)]
    return [town for town in towns if [fold(word) for word in re.split(r"[\s-]+", town.name)][: len(words)] == words]


def _unknown(text: str, *, labels: Sequence[str] = ()) -> str:
    shown = _shown(text)
    if labels:
        message = _("Den Ort „%(text)s“ kennen wir nicht. Meinten Sie: %(labels)s?")
        return message % {"text": shown, "labels": ", ".join(labels)}
    message = _("Den Ort „%(text)s“ kennen wir nicht. Geben Sie einen Ort oder eine Postleitzahl aus der Region ein.")
    return message % {"text": shown}


def _shown(text: str) -> str:
    """Return the beginning of the text without control characters, fit for a message."""
    start = "".join(letter if letter.isprintable() else " " for letter in text[: 2 * SHOWN_INPUT])
    start = " ".join(start.split())
    return start if len(start) <= SHOWN_INPUT else start[: SHOWN_INPUT - 1] + "…"
