"""The facets as the filter panel shows them."""

from dataclasses import dataclass

from regiokit.search.contract import FacetValue, SearchResult, SearchSource

SHOWN = 6
"""Values of a facet that are always in sight; one more than that is shown too, because a fold would save nothing."""
OPEN = 3
"""Facets whose values are in sight from the beginning; the others unfold."""


@dataclass(frozen=True)
class PanelFacet:
    """A facet of the panel: `values` are in sight, `more` unfold behind them; `open` while a value is chosen there."""

    name: str
    label: str
    hint: str
    values: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...] = ()
    more_open: bool = False
    folded: bool = False
    open: bool = False


def panel(source: SearchSource, result: SearchResult) -> tuple[PanelFacet, ...]:
    """Return the facets in their own order, so that nothing jumps while somebody chooses.

    Values that would show nothing stay, greyed: a list that changes under the hand is harder to use than a long one.
    """
    hints = {facet.name: str(facet.hint) for facet in source.facets}
    found = []
    for number, facet in enumerate(result.facets):
        cut = SHOWN if len(facet.values) > SHOWN + 1 else len(facet.values)
        values, more = facet.values[:cut], facet.values[cut:]
        chosen = any(value.selected for value in facet.values)
        found.append(
            PanelFacet(
                name=facet.name,
                label=facet.label,
                hint=hints.get(facet.name, ""),
                values=values,
                more=more,
                more_open=any(value.selected for value in more),
                folded=number >= OPEN,
                open=chosen,
            )
        )
    return tuple(found)
