"""Doors that Wagtail and Django open beside the sign-in by code; all are shut or lead to it. See docs/operators.md."""

from urllib.parse import urlencode

from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, re_path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from portal.accounts.views.closed import closed


@csrf_exempt  # It takes no data at all.
def to_sign_in(request):
    """Lead from Wagtail's own login page to the sign-in by code; take no password."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    wanted = request.GET.get("next") or reverse("wagtailadmin_home")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        wanted = reverse("wagtailadmin_home")
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


closed_doors = [
    path("admin/login/", to_sign_in),
    re_path(r"^admin/password_reset(/.*)?$", closed),
    re_path(r"^admin/account/(change_)?password(/.*)?$", closed),
    re_path(r"^_util/login(/.*)?$", closed),
    re_path(r"^django-admin(/.*)?$", closed),
]
