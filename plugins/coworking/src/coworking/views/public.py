"""The list with its map, and the page of a space."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coworking.domain.lists import near_by
from coworking.models import Space
from coworking.search import source
from regiokit.conf import absolute, contact
from regiokit.search import WrongParameter
from regiokit.search.alerts.offering import offering
from regiokit.search.faces import result_page
from regiokit.search.misses import count_miss
from regiokit.search.suggesting import suggest_in, suggestions_for

SEARCH_FIELDS = ("q", "near", "radius", "sort")


@require_safe
def spaces(request):
    """Show the spaces that match; wrong values are named beside their field and answered with 400."""
    try:
        page = result_page(source, request.GET, path=request.path)
    except WrongParameter as error:
        raise Http404(str(error)) from error
    count_miss(source, page, request)
    context = {
        "page": page,
        "heading": _heading(page),
        "search_fields": _search_fields(page),
        "errors": _errors(page),
        "offering": None if page.errors else offering(source, request.GET),
        "contact": contact(),
        "canonical_url": page.canonical_url,
        "breadcrumbs": [(_("Startseite"), "/"), (_("Arbeitsorte"), "")],
    }
    return render(request, "coworking/spaces.html", context, status=400 if page.errors else 200)


def _heading(page) -> str:
    if page.result is None:
        return _("Arbeitsplätze in der Nähe")
    total = page.result.total
    values = {"number": total, "place": page.place_label, "km": f"{page.result.query.radius_km:g}"}
    if page.result.query.point:
        one, many = (
            _("%(number)s Arbeitsort in %(place)s und %(km)s km"),
            _("%(number)s Arbeitsorte in %(place)s und %(km)s km"),
        )
    elif page.place_label:
        one, many = _("%(number)s Arbeitsort in %(place)s"), _("%(number)s Arbeitsorte in %(place)s")
    else:
        one, many = _("%(number)s Arbeitsort"), _("%(number)s Arbeitsorte")
    return (one if total == 1 else many) % values


def _search_fields(page) -> list:
    """The fields above the filters; a chosen town stays unseen, and so do facets while they are not drawn."""
    form, names = page.form, list(SEARCH_FIELDS)
    suggest_in(form, reverse("coworking:suggestions"))
    hidden = ["town"] if form.data.get("town") else []
    if page.result is None:
        hidden += [facet.name for facet in source.facets if facet.name not in page.errors]
    for name in hidden:
        form.fields[name].widget = form.fields[name].hidden_widget()
    return [form[name] for name in [*names, *hidden]]


def _errors(page) -> list[tuple[str, str, str]]:
    """(label, message, anchor) of each wrong parameter; puts the messages beside their fields as well."""
    found = []
    for name, message in page.errors.items():
        if name not in page.form.errors:
            page.form.add_error(name, message)
        found.append((page.form.fields[name].label or name, message, f"id_{name}" if name in SEARCH_FIELDS else ""))
    return found


@require_safe
def suggestions(request):
    """Complete what somebody types in the search form, as JSON."""
    return suggestions_for(request, [source])


@require_safe
def space(request, pk: int, slug: str):
    """Show one space; an old or mistyped name in the address leads to the right one, a paused one says so (410)."""
    found = get_object_or_404(Space.objects.filter(live=True).for_display(), pk=pk)
    if slug != found.slug:
        return redirect(found, permanent=True)
    if found.paused:
        gone = {"space": found, "near": near_by(found), "contact": contact()}
        return render(request, "coworking/space_gone.html", gone, status=410)
    context = {
        "space": found,
        "canonical_url": absolute(request.path),
        "breadcrumbs": [(_("Startseite"), "/"), (_("Arbeitsorte"), reverse("coworking:spaces")), (found.name, "")],
    }
    return render(request, "coworking/space.html", context)
