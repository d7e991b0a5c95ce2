"""The answer of the one box."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.editorial.paging import paging
from portal.region.menus import SiteFrame
from portal.sitesearch import pages
from portal.sitesearch.forms import SiteSearchForm
from portal.sitesearch.overview import ONLY, PER_PAGE, Group, Overview, alerts, overview, rows, search_pages, sources
from portal.sitesearch.promotions import recommended
from regiokit.search import WrongParameter
from regiokit.search.leading import corrected
from regiokit.search.suggesting import suggestions_for

EXAMPLES = (
    gettext_lazy("Vorlesen"),
    gettext_lazy("Garten"),
    gettext_lazy("Arbeitsplatz"),
    gettext_lazy("Führungszeugnis"),
)


@require_safe
def site_search(request):
    """Answer `?q=` and `?near=`; ask back when both are empty."""
    form = SiteSearchForm(request.GET)
    context = {
        "form": form,
        "examples": EXAMPLES,
        "coordinator": settings.REGION.coordinator,
        "breadcrumbs": [(_("Startseite"), "/"), (_("Suche"), "")],
        "answer": Overview(),
    }
    if form.is_valid():
        text, place = form.cleaned_data["q"].strip(), form.cleaned_data["near"]
        context["asked"] = _question(text, place)
        context["without_place_url"] = f"{reverse('site_search')}?{_without_place(request)}"
        context["recommended"] = recommended(text) if request.GET.get("page", "1") == "1" else []
        only = ONLY.get(request.GET.get("only", ""))
        if text and only:
            context |= _only_pages(request, text, only)
        elif text or place:
            context |= _everything(request, text, place)
    context["total"] = sum(group.total for group in context["answer"].groups)
    return render(request, "sitesearch/search.html", context)


@require_safe
def suggestions(request):
    """Complete what somebody types, from everything that can be found, as JSON."""
    return suggestions_for(request, sources())


def _question(text: str, place) -> str:
    """Return the question as people would say it, or an empty text."""
    quoted = f"„{text}“" if text else ""
    if not place:
        return quoted
    return _("%(what)s bei %(place)s") % {"what": quoted, "place": place.label} if text else place.label


def _without_place(request) -> str:
    parameters = request.GET.copy()
    parameters.pop("near", None)
    return parameters.urlencode()


def _everything(request, text: str, place) -> dict:
    asked = {
        "text": text,
        "typed_place": request.GET.get("near", "").strip(),
        "menu": [link["url"] for link in SiteFrame.of(request).menu],
    }
    answer = overview(place=place, **asked)
    again = request.GET.copy()
    again["q"] = corrected(text, answer.meant)
    return {
        "answer": answer,
        "meant_url": f"{reverse('site_search')}?{again.urlencode()}",
        "alerts": [] if answer.groups else alerts(**asked),
    }


def _only_pages(request, text: str, kind: str) -> dict:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 6):
        raise Http404(_("Diese Seite der Treffer gibt es nicht."))
    try:
        result = search_pages(text=text, kind=kind, page=int(number) or 1)
    except WrongParameter as error:
        raise Http404(error.message) from error
    shown = Paginator(range(result.total), PER_PAGE).page(result.query.page)
    group = Group(str(pages.KINDS[kind]), result.total, rows(pages.source, result.hits))
    return {
        "answer": Overview(groups=(group,) if result.total else (), partial=result.partial and not result.complete),
        "paging": paging(shown, address=reverse("site_search"), query=request.GET),
    }
