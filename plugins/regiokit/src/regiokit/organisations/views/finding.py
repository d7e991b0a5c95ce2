"""Finds the organisation of an address for the person who asks, also under the number it had before a merge."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse

from regiokit.organisations.domain.merging import current_number
from regiokit.organisations.models import Membership
from regiokit.pages import private_page


def for_members(view, *, role: str | None = None):
    """Call `view` with the membership of the signed-in person instead of the organisation's number (`pk`)."""

    @private_page
    @login_required
    @wraps(view)
    def found(request, pk, **kwargs):
        mine = Membership.objects.filter(user=request.user, **({"role": role} if role else {}))
        mine = mine.select_related("organisation__municipality").defer("organisation__municipality__outline")
        membership = mine.filter(organisation=pk).first()
        if membership is None:
            number = current_number(pk)
            if number and request.method in {"GET", "HEAD"} and mine.filter(organisation=number).exists():
                match = request.resolver_match
                return HttpResponseRedirect(reverse(match.view_name, kwargs={**match.kwargs, "pk": number}))
            raise Http404
        return view(request, membership, **kwargs)

    return found


def for_owners(view):
    """The same for those who are responsible alone."""
    return for_members(view, role=Membership.Role.OWNER)


def home() -> str:
    """Return the address of the host's start page for signed-in people."""
    return resolve_url(settings.LOGIN_REDIRECT_URL)
