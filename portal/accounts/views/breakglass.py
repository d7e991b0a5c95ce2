"""The page behind an address that the operator handed over: looking changes nothing, the button signs in."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.domain import breakglass
from regiokit.links import LinkError


@never_cache
@require_http_methods(["GET", "POST"])
def break_glass(request, token):
    """Show whom the address signs in, and do it on POST. Used, old and altered addresses get a page that says so."""
    try:
        if request.method == "POST":
            return breakglass.sign_in(request, token, next_url=reverse("wagtailadmin_home"))
        person = breakglass.person_behind(token)
    except LinkError:
        return render(request, "account/break_glass_over.html", status=410)
    return render(request, "account/break_glass.html", {"person": person})
