"""Words that mean the same to people who search: groups that editors keep, as the analyser reads them."""

from collections.abc import Iterable
from functools import lru_cache

from django.db import connections, router

from regiokit.search.german import related, tokenize
from regiokit.search.german.related import Leading, lead_to_each_other, ways_of
from regiokit.search.models import SearchSynonym


def groups() -> tuple[str, ...]:
    """Return all groups as editors wrote them; one query, so that a change is effective at once."""
    # Every question with words asks this: making a query of Django's would take longer than the answer.
    with connections[router.db_for_read(SearchSynonym)].cursor() as cursor:
        cursor.execute("SELECT words FROM regiokit_searchsynonym ORDER BY id")
        return tuple(words for (words,) in cursor.fetchall())


@lru_cache(maxsize=8)
def others(groups: tuple[str, ...]) -> Leading:
    """Return every way to say a thing -> the other ways, as tuples of stems: the editors' groups and the word list."""
    found: Leading = {}
    for group in groups:
        lead_to_each_other(found, ways_of(group))
    for way, ways in related.related().items():
        found[way] = tuple(dict.fromkeys((*found.get(way, ()), *ways)))
    return found


@lru_cache(maxsize=8)
def single_words(groups: tuple[str, ...]) -> dict[str, str]:
    """Return the folded single words of all groups with their stems: whoever mistypes one means it.

    Those of the word list are not among them: a name that nobody has is no illness or loss that somebody mistyped.
    """
    ways = (list(tokenize(way)) for group in groups for way in ways_of(group))
    return {tokens[0].word: tokens[0].stem for tokens in ways if len(tokens) == 1}


def add_missing(groups: Iterable[str], *, model=SearchSynonym) -> int:
    """Add the groups none of whose words stands in a group already; returns how many. `model`: that of a migration."""
    known = {way.casefold() for words in model.objects.values_list("words", flat=True) for way in ways_of(words)}
    fresh = [words for words in groups if not known & {way.casefold() for way in ways_of(words)}]
    model.objects.bulk_create([model(words=words) for words in fresh])
    return len(fresh)
