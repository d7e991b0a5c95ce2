"""Search: a plugin declares a source once, asks with a `SearchQuery`, and gets a `SearchResult`, whatever engine answers."""

from regiokit.search.contract import (
    Facet,
    FacetValue,
    Hit,
    SearchDocument,
    SearchQuery,
    SearchResult,
    SearchSource,
    WrongParameter,
)

__all__ = [
    "Facet",
    "FacetValue",
    "Hit",
    "SearchDocument",
    "SearchQuery",
    "SearchResult",
    "SearchSource",
    "WrongParameter",
]
