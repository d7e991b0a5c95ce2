"""Pages for one person: never stored, never indexed, never named to another site."""

from functools import wraps

from django.shortcuts import render

from coworking.domain import trial_day_links as links
from regiokit.conf import contact
from regiokit.limits import TooMany
from regiokit.links import LinkAltered, LinkExpired


def private(view):
    """Send every answer of `view` with headers that keep it to this person."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": browsers then send the page's forms with "Origin: null", which the forgery check refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    return kept


def by_link(purpose: str):
    """Give `view` the trial day that the token leads to; a link that is over gets 410, one that is not ours 404."""

    def decorate(view):
        @wraps(view)
        @private
        def opened(request, token, *args, **kwargs):
            try:
                trial_day = links.find(purpose, token)
            except LinkExpired:
                return _closed(request, "coworking/link_expired.html", purpose, status=410)
            except LinkAltered:
                return _closed(request, "coworking/link_unknown.html", purpose, status=404)
            return view(request, trial_day, *args, **kwargs)

        return opened

    return decorate


def _closed(request, template: str, purpose: str, *, status: int):
    context = {"for_operator": purpose == links.ANSWER, "for_confirm": purpose == links.CONFIRM, "contact": contact()}
    return render(request, template, context, status=status)


def too_many(request, error: TooMany):
    """Return the page for somebody who sends too often, with the time after which it works again."""
    minutes = max(1, round(error.retry_after / 60))
    response = render(request, "coworking/too_many.html", {"minutes": minutes, "contact": contact()}, status=429)
    response["Retry-After"] = str(error.retry_after)
    return response
