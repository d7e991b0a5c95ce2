"""Pages that everybody sees: the list of offers and one offer."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ehrenamt.domain.browsing import similar_offers
from ehrenamt.models import Offer
from ehrenamt.search import source
from regiokit import conf
from regiokit.search import WrongParameter
from regiokit.search.alerts.offering import offering
from regiokit.search.faces import ResultPage, result_page
from regiokit.search.filters import SORTS
from regiokit.search.misses import count_miss
from regiokit.search.suggesting import suggest_in, suggestions_for

SEARCH_FIELDS = ("q", "near", "radius", "beyond", "sort")


@require_safe
def offers(request):
    """List the offers that match the parameters of the address."""
    params = request.GET
    if params.get("sort") == "distance" and not params.get("near", "").strip():
        # Whoever empties the place has not asked for an error message.
        params = params.copy()
        params.pop("sort")
    try:
        page = result_page(source, params, path=request.path)
    except WrongParameter as error:
        raise Http404(error.message) from error
    count_miss(source, page, request)
    context = {
        "page": page,
        "heading": _heading(page),
        "search_fields": _search_fields(page),
        "errors": _errors(page),
        "canonical_url": page.canonical_url,
        "offering": None if page.errors else offering(source, request.GET),
        "contact": conf.contact(),
        "breadcrumbs": [(_("Startseite"), "/"), (_("Ehrenamt"), "")],
    }
    return render(request, "ehrenamt/offers.html", context, status=400 if page.errors else 200)


@require_safe
def suggestions(request):
    """Complete what somebody types in the search form, as JSON."""
    return suggestions_for(request, [source])


@require_safe
def offer(request, pk, slug):
    """Show one offer. A former title in the address leads to the present one; a paused or ended offer says so."""
    found = get_object_or_404(Offer.objects.filter(live=True).with_card(), pk=pk)
    if slug != found.slug:
        return redirect(found.get_absolute_url(), permanent=True)
    breadcrumbs = [(_("Startseite"), "/"), (_("Ehrenamt"), reverse("ehrenamt:offers")), (found.title, "")]
    context = {"offer": found, "breadcrumbs": breadcrumbs, "canonical_url": conf.absolute(found.get_absolute_url())}
    if not found.is_public:
        return render(
            request,
            "ehrenamt/offer_gone.html",
            context | {"similar": similar_offers(found), "contact": conf.contact()},
            status=410,
        )
    return render(request, "ehrenamt/offer.html", context)


def _heading(page: ResultPage) -> str:
    if page.result is None:
        return _("Engagement finden")
    total = page.result.total
    values = {"number": total, "place": page.place_label}
    if not page.place_label:
        return ngettext("%(number)s Angebot", "%(number)s Angebote", total) % values
    if page.result.query.point:
        values["km"] = f"{page.result.query.radius_km:g}"
        return (
            ngettext(
                "%(number)s Angebot in %(place)s und %(km)s km", "%(number)s Angebote in %(place)s und %(km)s km", total
            )
            % values
        )
    return ngettext("%(number)s Angebot in %(place)s", "%(number)s Angebote in %(place)s", total) % values


def _search_fields(page: ResultPage):
    """Return the fields above the facets; what else was chosen stays in the form unseen."""
    form = page.form
    suggest_in(form, reverse("ehrenamt:suggestions"))
    # Without a choice the order follows the question: best match, nearest, or newest.
    form.fields["sort"].widget.choices = [
        ("", SORTS["relevance"]),
        *((key, SORTS[key]) for key in ("newest", "distance")),
    ]
    names, hidden = list(SEARCH_FIELDS), ["town"] if form.data.get("town") else []
    if "beyond" not in page.errors and not any(form.data.get(name, "").strip() for name in ("near", "town")):
        # Without a place nothing is left out.
        names.remove("beyond")
    if page.result is None:
        hidden += [facet.name for facet in source.facets if facet.name not in page.errors]
    for name in hidden:
        form.fields[name].widget = form.fields[name].hidden_widget()
    return [form[name] for name in [*names, *hidden]]


def _errors(page: ResultPage):
    """Return (label, message, anchor) of each wrong parameter, and put the messages beside their fields."""
    found = []
    for name, message in page.errors.items():
        if name not in page.form.errors:
            page.form.add_error(name, message)
        found.append((page.form.fields[name].label or name, message, f"id_{name}" if name in SEARCH_FIELDS else ""))
    return found
