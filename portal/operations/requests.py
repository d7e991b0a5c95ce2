"""Every request gets an id, one line in the log, and is counted. Nothing of it names the visitor."""

import re
import time
import uuid

import structlog
from django.conf import settings
from django.urls import Resolver404, resolve
from django_structlog.middlewares.request import RequestMiddleware

from portal.operations import metrics

log = structlog.get_logger("portal.request")

SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{7,63}")
OPEN = {"pk", "id", "slug", "path", "section"}
"""Parts of an address that name something public; every other captured part may be a key."""

QUIET = {"healthz", "metrics"}
"""Monitoring asks all the time; its requests are counted, but only a log of level DEBUG lists them."""


class RequestLog(RequestMiddleware):
    """django-structlog's middleware without what it knows of people: no IP, no user, no browser, no question."""

    def prepare(self, request) -> None:
        """Give the request its id, which every line of the log then carries."""
        request.request_id, request.began = request_id(request), time.monotonic()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)

    def handle_response(self, request, response) -> None:
        """Log and count the answer, and tell the visitor the id."""
        seconds = time.monotonic() - request.began
        response["X-Request-ID"] = request.request_id
        match = matched(request)
        view = (match.view_name or "other") if match else "none"
        metrics.observe(view=view, method=request.method, status=response.status_code, seconds=seconds)
        tell = log.debug if view in QUIET else log.info
        tell(
            "request",
            method=request.method if request.method in metrics.METHODS else "other",
            path=shown_path(request),
            view=view,
            status=response.status_code,
            ms=round(seconds * 1000),
        )
        structlog.contextvars.clear_contextvars()

    @staticmethod
    def format_request(request) -> str:
        """Return what the line of an error says of the request."""
        return f"{request.method} {shown_path(request)}"

    @staticmethod
    def bind_user_id(request) -> None:
        """Leave people out of the log."""


def request_id(request) -> str:
    """Return the proxy's id of this request where proxies are trusted and it is sane, else a new one."""
    given = request.headers.get("X-Request-ID", "")
    if settings.ENV.trusted_proxies and SANE.fullmatch(given):
        return given
    return uuid.uuid4().hex


def matched(request):
    """Return which address of ours this is, also when a page came from the cache or a redirect before anybody looked."""
    if request.resolver_match is None:
        try:
            request.resolver_match = resolve(request.path_info)
        except Resolver404:
            return None
    return request.resolver_match


def shown_path(request) -> str:
    """Return the path without its question, and without what a private link carries."""
    path = request.path_info
    match = matched(request)
    for name, value in (match.kwargs if match else {}).items():
        if value and name not in OPEN and not isinstance(value, int):
            path = path.replace(str(value), f"[{name}]")
    return path[:200]
