"""What every request of a signed-in person passes: use and end of the session, and the second factor of staff."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal.accounts.domain.factor import has_factor, shown
from portal.accounts.domain.sessions import note_use
from portal.accounts.domain.staff import may_enter_admin
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


class SecondFactor:
    """Keep staff whose session lacks the required second factor out of the admin, and lead them to it.

    Two locks: no view below the admin runs, and nothing is permitted to the person anywhere else (`User.has_perm`).
    The proof belongs to the session: one from before the factor was required has none.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home").lstrip("/")

    def __call__(self, request):
        """Mark the person, when somebody asks who that is."""
        if settings.SECOND_FACTOR_REQUIRED:
            request.user = SimpleLazyObject(lambda: _marked(request))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Lead to the factor instead of any page of the admin but its sign-out."""
        match = request.resolver_match
        if not settings.SECOND_FACTOR_REQUIRED or not match.route.startswith(self.prefix):
            return None
        user = request.user
        if match.url_name == "wagtailadmin_logout" or not user.is_authenticated or not user.factor_is_missing:
            return None
        if not may_enter_admin(user):
            return None
        if request.headers.get("X-Requested-With") == "XMLHttpRequest" or request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        door = reverse("mfa_reauthenticate" if has_factor(user) else "mfa_index")
        return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")


def _marked(request):
    user = get_user(request)
    if user.is_authenticated:
        user.factor_is_missing = not shown(request, user)
    return user
