"""What people see when something goes wrong, and what robots may read. JSON answers are `portal.api`'s matter."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.region.menus import profile_without_database


def bad_request(request, exception):
    """400: the request itself is broken, perhaps its host name too, so nothing of it is used; 413 when it is too long."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _without_database("400.html", status=400)


def too_large(request):
    """413: more than any form takes; the body is not read, so nothing of it is used."""
    return _without_database("413.html", status=413)


def permission_denied(request, exception):
    """403: signed in, but not for this."""
    return render(request, "403.html", status=403)


def page_not_found(request, exception):
    """404: search, ways on and a telephone number."""
    return render(request, "404.html", {"canonical_url": ""}, status=404)


def server_error(request):
    """500: must work while the database does not."""
    return _without_database("500.html", status=500, reference=getattr(request, "request_id", ""))


def csrf_failure(request, reason=""):
    """403: a form was open for too long, or the browser keeps no cookies."""
    return render(request, "403_csrf.html", status=403)


@require_safe
def robots(request):
    """Answer robots.txt (RFC 9309)."""
    closed = [reverse("wagtailadmin_home"), reverse("account_home"), reverse("site_search")]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {settings.BASE_URL}{reverse('sitemap_index')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _without_database(template: str, *, status: int, **more) -> HttpResponse:
    context = {"region": profile_without_database(), "demo": settings.MODE == "demo", **more}
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response
