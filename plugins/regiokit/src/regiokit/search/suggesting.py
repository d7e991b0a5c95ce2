"""What somebody may be typing: words of the entries for the search box, places for the field beside it."""

from collections.abc import Iterable

from django.forms import Form
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

from regiokit.places.domain import suggest_places
from regiokit.search import domain
from regiokit.search.contract import SearchSource, Suggestion

LEAST, LONGEST = 2, 100
"""Characters: a single letter begins too much, and nobody completes a sentence."""
SHOWN, MOST_TOWNS = 8, 3
KEPT_SECONDS = 60
KINDS = {"title": _("Eintrag"), "organisation": _("Organisation"), "town": _("Ort")}


def suggestions_for(request: HttpRequest, sources: Iterable[SearchSource]) -> JsonResponse:
    """Answer `?q=` with words of these sources and `?near=` with places, for the combobox of a search form.

    Anything else gets an empty list: a suggestion is a help, never an error.
    """
    if "near" in request.GET:
        found = [{"label": label, "kind": ""} for label in suggest_places(_typed(request, "near"), limit=SHOWN)]
    else:
        found = _words(tuple(sources), _typed(request, "q"))
    response = JsonResponse({"suggestions": found})
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    return response


def suggest_in(form: Form, url: str) -> None:
    """Let the theme's script complete the words and the place of a search form from `url`."""
    for name in ("q", "near"):
        form.fields[name].widget.attrs |= {"data-suggest": url, "autocomplete": "off"}


def _words(sources: tuple[SearchSource, ...], text: str) -> list[dict[str, str]]:
    """Return words of the entries, then a few towns: these have a field of their own."""
    found = domain.suggest(sources, text, limit=SHOWN)
    known = {one.label for one in found}
    towns = [Suggestion("town", label) for label in suggest_places(text, limit=MOST_TOWNS) if label not in known]
    kinds = {facet.name: facet.label for source in sources for facet in source.facets} | KINDS
    shown = [*found[: SHOWN - len(towns)], *towns]
    return [{"label": one.label, "kind": str(kinds.get(one.kind, ""))} for one in shown]


def _typed(request: HttpRequest, name: str) -> str:
    text = request.GET.get(name, "").strip()
    return text if LEAST <= len(text) <= LONGEST else ""
