"""Words that mean the same to people who search: groups that editors keep, as the analyser reads them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from regiokit.search.german import tokenize
from regiokit.search.models import SearchSynonym
from regiokit.search.question import Alternative


def groups() -> tuple[str, ...]:
    """Return all groups as editors wrote them; one query, so that a change is effective at once."""
    return tuple(SearchSynonym.objects.order_by("pk").values_list("words", flat=True))


@lru_cache(maxsize=8)
def others(groups: tuple[str, ...]) -> dict[Alternative, tuple[Alternative, ...]]:
    """Return every way to say a thing -> the other ways, as tuples of stems."""
    found: dict[Alternative, tuple[Alternative, ...]] = {}
    for group in groups:
        ways = dict.fromkeys(filter(None, map(stems_of, ways_of(group))))
        for way in ways:
            found[way] = found.get(way, ()) + tuple(other for other in ways if other != way)
    return found


@lru_cache(maxsize=8)
def single_words(groups: tuple[str, ...]) -> dict[str, str]:
    """Return the folded single words of all groups with their stems: whoever mistypes one means it."""
    ways = (list(tokenize(way)) for group in groups for way in ways_of(group))
    return {tokens[0].word: tokens[0].stem for tokens in ways if len(tokens) == 1}


def ways_of(words: str) -> list[str]:
    """Return the ways to say a thing in a group: "Kita, Kindergarten" -> ["Kita", "Kindergarten"]."""
    return [" ".join(way.split()) for way in re.split(r"[,;\n]", words) if way.strip()]


def stems_of(way: str) -> tuple[str, ...]:
    """Return what the search reads of one way; two ways with the same stems are found alike without a group."""
    return tuple(token.stem for token in tokenize(way) if not token.joined)


def add_missing(groups: Iterable[str], *, model=SearchSynonym) -> int:
    """Add the groups none of whose words stands in a group already; returns how many. `model`: that of a migration."""
    known = {way.casefold() for words in model.objects.values_list("words", flat=True) for way in ways_of(words)}
    fresh = [words for words in groups if not known & {way.casefold() for way in ways_of(words)}]
    model.objects.bulk_create([model(words=words) for words in fresh])
    return len(fresh)
