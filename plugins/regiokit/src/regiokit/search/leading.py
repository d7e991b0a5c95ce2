"""Ways on: what was meant when a word is wrong, and where there is something when nothing was found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from regiokit.search import domain
from regiokit.search.addresses import SetFilter, address, query_without, without
from regiokit.search.contract import SearchQuery, SearchResult, SearchSource
from regiokit.search.german import tokenize

WIDER_KM = (20, 50, 100)
EXAMPLES = 5
MOST_FEWER = 6
"""Filters of which each is tried without: every one of them asks the engine once."""


@dataclass(frozen=True)
class Way:
    """A link that shows `total` entries."""

    label: str
    url: str
    total: int


@dataclass(frozen=True)
class Meant:
    """A word that nobody uses, and the one that was looked for instead."""

    typed: str
    meant: str


@dataclass(frozen=True)
class Ways:
    """Where there is something, in this order: a wider circle, then the question without one of its filters."""

    wider: Way | None = None
    fewer: tuple[Way, ...] = ()


def everywhere(source: SearchSource, result: SearchResult) -> SearchResult:
    """Return a few entries for the same words without place and facets: there the words that were meant are found."""
    return domain.search(source, SearchQuery(text=result.query.text, per_page=EXAMPLES))


def meant(source: SearchSource, result: SearchResult) -> tuple[Meant, ...]:
    """Return the words that were replaced, the new ones spelled as the entries found spell them."""
    wanted = set(result.corrections.values())
    spelled: dict[str, str] = {}
    for hit in result.hits if wanted else ():
        text = f"{hit.object} {source.text(hit.object)}"
        for token in tokenize(text):
            if token.word in wanted:
                spelled.setdefault(token.word, text[token.start : token.end])
    return tuple(Meant(typed, spelled.get(word, word)) for typed, word in result.corrections.items())


def corrected(text: str, words: tuple[Meant, ...]) -> str:
    """Return what was typed with the words that were meant."""
    for word in words:
        text = re.sub(re.escape(word.typed), lambda _found, new=word.meant: new, text, count=1, flags=re.IGNORECASE)
    return text


def ways(
    source: SearchSource, query: SearchQuery, *, chosen: Sequence[SetFilter], params: QueryDict, path: str
) -> Ways:
    """Return where there is something, when `query` with these filters found nothing.

    Asks the engine at most nine times, however many entries there are.
    """
    fewer = []
    for one in chosen[:MOST_FEWER] if len(chosen) > 1 else ():
        if total := domain.count(source, query_without(one, query)):
            fewer.append(Way(_label(one), without(one, params, path), total))
    return Ways(wider=_wider(source, query, params=params, path=path), fewer=tuple(fewer))


def _label(chosen: SetFilter) -> str:
    if chosen.name == "q":
        return _("Ohne das Suchwort %s") % chosen.label
    if chosen.name in ("near", "town"):
        return _("Ohne den Ort %s") % chosen.value
    return _("Ohne den Filter „%s“") % chosen.label


def _wider(source: SearchSource, query: SearchQuery, *, params: QueryDict, path: str) -> Way | None:
    for km in WIDER_KM if query.point else ():
        if km > query.radius_km and (total := domain.count(source, replace(query, radius_km=km))):
            url = address(path, params, radius=str(km), page=None)
            return Way(_("Im Umkreis von %s km suchen") % km, url, total)
    return None
