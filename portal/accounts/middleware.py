"""What every request of a signed-in person passes: the use of the session is noted, its end is explained."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse

from portal.accounts.domain.sessions import note_use
from portal.accounts.models import EndedSession

ENDED = "beendet"
"""The parameter that tells the sign-in why a session is over."""


class SessionNotes:
    """Note when a session was last used; send whoever holds an ended one to the sign-in with the reason."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Look at the session after the answer was made, so that pages which need none read none."""
        response = self.get_response(request)
        if request.session.accessed:
            note_use(request.session)
        if isinstance(response, HttpResponseRedirect) and _leads_to_sign_in(response):
            key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
            # A session that is still there has no reason to be over.
            if key and not request.session.session_key and (reason := EndedSession.objects.reason(key)):
                sign = "&" if urlsplit(response["Location"]).query else "?"
                response["Location"] += sign + urlencode({ENDED: reason})
        return response


def _leads_to_sign_in(response) -> bool:
    return urlsplit(response["Location"]).path == reverse(settings.LOGIN_URL)
