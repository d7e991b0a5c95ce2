"""What every request and answer passes: no control characters, no TRACE, two security policies, rules for caches."""

import re
from urllib.parse import unquote_to_bytes

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.middleware.security import SecurityMiddleware
from django.urls import reverse

from portal.errors import bad_request, too_large

# Everything below the space but tabulator and line breaks; no person types these, and PostgreSQL refuses NUL.
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Django writes bytes of a path that are no UTF-8 back as percent signs (repercent_broken_unicode).
BROKEN = re.compile(r"%[89A-F][0-9A-F]")

ADMIN_POLICY = {
    # Wagtail 8.0 draws its pages with inline scripts and styles, and shows previews in frames.
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
API = "/api/"
NO_STORE = "private, no-store"
PICTURES_SECONDS = 24 * 3600


MEGABYTE = 1024 * 1024
MOST_BYTES = 12 * MEGABYTE
"""One picture of a telephone with the fields of its form."""
MOST_BYTES_OF_STAFF = 24 * MEGABYTE
"""One document with its form; Wagtail sends several files one by one."""


class RefuseLargeRequests:
    """Answer 413 before anything of a body is read that is larger than any of our forms can be."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")
        # This door stands outside all others, so its answer gets their headers here.
        self.refuse = SecurityMiddleware(CSPMiddleware(too_large))

    def __call__(self, request):
        """Refuse or hand on."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = MOST_BYTES_OF_STAFF if request.path_info.startswith(self.prefix) else MOST_BYTES
        if length.isascii() and length.isdigit() and int(length) > most:
            return self.refuse(request)
        return self.get_response(request)


class RefuseControlCharacters:
    """Answer 400 to control characters and broken UTF-8 in the path or the question, before anything else reads them.

    Form fields are Django's matter: its validators refuse NUL with a message at the field.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        # This door stands outside all others, so its answer gets their headers here.
        self.refuse = SecurityMiddleware(CSPMiddleware(lambda request: bad_request(request, None)))

    def __call__(self, request):
        """Refuse or hand on."""
        if request.method == "TRACE":
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        # The JSON interface names the wrong parameter itself, as a problem document.
        question = b"" if request.path_info.startswith(API) else unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if CONTROL.search(request.path_info.encode()) or CONTROL.search(question):
            return self.refuse(request)
        if BROKEN.search(request.path_info) or not _is_utf8(question):
            return self.refuse(request)
        return self.get_response(request)


class AdminContentSecurityPolicy:
    """Relax the policy below the Wagtail admin alone; public pages keep the strict one."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request):
        """Tell django-csp, which stands outside, what to replace in this answer."""
        response = self.get_response(request)
        if request.path.startswith(self.prefix):
            response._csp_replace = ADMIN_POLICY
            # A preview comes out of a second round through all doors and brings the public policy along.
            del response[HEADER]
        return response


class CachingRules:
    """Say what may be kept: nothing of people who are signed in, pictures for a day, pages only after asking again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Set `Cache-Control` unless the view has."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = _rule(request, response)
        return response


def _rule(request, response) -> str:
    if request.path.startswith(settings.MEDIA_URL) and response.status_code == 200:
        return f"public, max-age={PICTURES_SECONDS}"
    if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return NO_STORE
    return "no-cache"


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
