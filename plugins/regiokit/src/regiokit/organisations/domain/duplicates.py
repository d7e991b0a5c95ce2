"""Organisations that were probably entered twice."""

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from regiokit.organisations.models import Organisation, VerificationDecision
from regiokit.places.domain.resolve import fold

LEGAL = {"ev", "e", "v", "eg", "gmbh", "ggmbh", "ug", "verein"}
"""Words that some write and others leave out."""

SAME_NAME = _("gleicher Name und Ort")
SAME_SITE = _("gleiche Internetseite")
SAME_NUMBER = _("gleiche Registernummer")


@dataclass(frozen=True)
class Suggestion:
    """Two organisations that may be one, the older first, and why."""

    first: Organisation
    second: Organisation
    reasons: tuple[str, ...]


def suggestions() -> list[Suggestion]:
    """Return all pairs of likely duplicates, those with most reasons first, in two queries."""
    organisations = {
        found.pk: found
        for found in Organisation.objects.select_related("municipality").defer("municipality__outline").order_by("pk")
    }
    pairs = defaultdict(list)
    for reason, keys in _keys(organisations).items():
        groups = defaultdict(list)
        for pk, key in sorted(keys):
            groups[key].append(pk)
        for group in groups.values():
            # Each one beside the oldest: n twins are n - 1 questions, not all pairs.
            for other in dict.fromkeys(group[1:]):
                if other != group[0]:
                    pairs[group[0], other].append(reason)
    found = [Suggestion(organisations[a], organisations[b], tuple(reasons)) for (a, b), reasons in pairs.items()]
    return sorted(found, key=lambda pair: (-len(pair.reasons), pair.first.name, pair.second.pk))


def _keys(organisations: dict[int, Organisation]) -> dict:
    numbers = VerificationDecision.objects.exclude(register_number="").values_list("organisation", "register_number")
    return {
        SAME_NAME: {(pk, (name_key(found.name), found.municipality_id)) for pk, found in organisations.items()},
        SAME_SITE: {(pk, host) for pk, found in organisations.items() if (host := _host(found.website))},
        SAME_NUMBER: {(pk, number_key(number)) for pk, number in numbers},
    }


def name_key(name: str) -> str:
    """Return the name without case, accents, signs and legal form: "TuS Höpingen e. V." is "tus hopingen" or alike."""
    words = [fold(word) for word in re.split(r"\W+", name)]
    return " ".join(word for word in words if word and word not in LEGAL) or fold(name)


def number_key(number: str) -> str:
    """Return a register number without spaces and signs."""
    return "".join(c for c in number.casefold() if c.isalnum())


def _host(website: str) -> str:
    parts = urlsplit(website)
    path = parts.path.rstrip("/")
    # Many small associations share a host and have a page there: then the page counts.
    return (parts.hostname or "").removeprefix("www.") + path
