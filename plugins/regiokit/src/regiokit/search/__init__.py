"""Search: a plugin declares a source once, asks with a `SearchQuery`, and gets a `SearchResult`, whatever engine answers."""

from regiokit.search.contract import (
    UNKNOWN,
    Facet,
    FacetValue,
    Hit,
    Reach,
    SearchDocument,
    SearchQuery,
    SearchResult,
    SearchSource,
    WrongParameter,
)

__all__ = [
    "UNKNOWN",
    "Facet",
    "FacetValue",
    "Hit",
    "Reach",
    "SearchDocument",
    "SearchQuery",
    "SearchResult",
    "SearchSource",
    "WrongParameter",
]
