"""Imprint, privacy, accessibility, contact."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.duties import statement
from portal.duties.domain import submit_report
from portal.duties.domain.reports import answer_weeks
from portal.duties.forms import BarrierReportForm, own_path
from portal.duties.models import BarrierReport
from portal.region.menus import SiteFrame
from regiokit import privacy as retention
from regiokit.limits import TooMany, sending
from regiokit.pages import too_many_text

REPORTS_AN_HOUR = 5


def _way(*steps):
    return {"breadcrumbs": [(_("Startseite"), "/"), *steps]}


@require_safe
def imprint(request):
    """Show who is responsible (DDG § 5, MStV § 18)."""
    return render(request, "duties/imprint.html", _way((_("Impressum"), "")))


@require_safe
def privacy(request):
    """Show what Art. 13 DSGVO wants people to know; periods come from the rules that the worker keeps."""
    context = {
        "rules": retention.rules(),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "session_days": settings.SESSION_COOKIE_AGE // 86400,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "law": settings.REGION.law,
        "imprint": settings.REGION.imprint,
    }
    return render(request, "duties/privacy.html", {**context, **_way((_("Datenschutz"), ""))})


@require_safe
def accessibility(request):
    """Show the statement with the parts that Decision (EU) 2018/1523 wants, in its order."""
    context = {
        "law": settings.REGION.law,
        "weeks": answer_weeks(),
        "gaps": statement.GAPS,
        "method": statement.METHOD,
        "standard": statement.STANDARD,
        "assessed_on": statement.ASSESSED_ON,
        "address": settings.BASE_URL,
    }
    return render(request, "duties/accessibility.html", {**context, **_way((_("Erklärung zur Barrierefreiheit"), ""))})


@require_http_methods(["GET", "HEAD", "POST"])
def barrier_report(request):
    """Take a report; needs no account and no e-mail address."""
    form = BarrierReportForm(request.POST or None, initial={"page": own_path(request.GET.get("seite", ""))})
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            sending(request, "duties.barrier_report", address=form.cleaned_data["email"], per_hour=REPORTS_AN_HOUR)
        except TooMany as error:
            refused = error
        else:
            values = {name: form.cleaned_data[name] for name in ("page", "text", "email")}
            report = submit_report(**values, unit=SiteFrame.of(request).region.contact.email)
            return redirect("barrier_report_done", report.reference)
    way = _way((_("Erklärung zur Barrierefreiheit"), "/barrierefreiheit/"), (_("Barriere melden"), ""))
    context = {"form": form, "refused": refused and too_many_text(refused), "weeks": answer_weeks(), **way}
    status = 429 if refused else 422 if form.errors else 200
    response = render(request, "duties/barrier_report.html", context, status=status)
    if refused:
        response["Retry-After"] = str(refused.retry_after)
    return response


@require_safe
@never_cache
def barrier_report_done(request, reference: str):
    """Show the reference and the day of the answer, and nothing that was written."""
    report = get_object_or_404(BarrierReport, reference=reference)
    way = _way((_("Erklärung zur Barrierefreiheit"), "/barrierefreiheit/"), (_("Meldung angekommen"), ""))
    return render(request, "duties/barrier_report_done.html", {"report": report, **way})


@require_safe
def contact(request):
    """Show how to reach the county: telephone first."""
    return render(
        request, "duties/contact.html", {"coordinator": settings.REGION.coordinator, **_way((_("Kontakt"), ""))}
    )
