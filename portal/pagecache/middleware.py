"""Answers from the page cache. Stands outside everything that draws, compresses or signs a page.

Kept is what an anonymous GET got with 200, without a cookie and without being forbidden to keep (RFC 9111). Taken is it
by everybody without a session. Both look at the cookies, because a page with a form holds the visitor's own token.
"""

import hashlib
import logging

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from redis.exceptions import RedisError

from portal.pagecache import generation

log = logging.getLogger(__name__)

LONGEST_QUESTION = 200
"""Characters of a query string; longer ones are rarely asked twice and would only push others out."""

NOT_KEPT = ("no-store", "private")


class PageCache:
    """Gives a kept page, or keeps the fresh one for `PAGE_CACHE_SECONDS` (0: never)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer from the cache where that is allowed; tell those inside the generation of now, or None."""
        request.generation = _generation() if request.method in {"GET", "HEAD"} else None
        key = _key(request) if settings.PAGE_CACHE_SECONDS and _may_take(request) else None
        if key is None:
            return self.get_response(request)
        kept = _take(key)
        if kept is not None:
            return _answer(request, *kept)
        response = self.get_response(request)
        if _may_keep(request, response):
            _keep(key, response)
        return response


def _may_take(request) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and "Range" not in request.headers
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUESTION
    )


def _may_keep(request, response) -> bool:
    return (
        request.method == "GET"
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not any(word in response.get("Cache-Control", "") for word in NOT_KEPT)
    )


def _generation() -> str | None:
    try:
        return generation.current()
    except generation.NoGeneration:
        return None


def _key(request) -> str | None:
    word = request.generation
    if word is None:
        return None
    gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    asked = f"{word} {gzip} {request.scheme} {request.META.get('HTTP_HOST')} {request.get_full_path()}"
    return hashlib.sha256(asked.encode()).hexdigest()


def _take(key: str):
    try:
        return caches["pages"].get(key)
    except RedisError as error:
        log.warning("the page cache does not answer: %s", type(error).__name__)
        return None


def _keep(key: str, response) -> None:
    try:
        caches["pages"].set(key, (response.content, dict(response.items())), settings.PAGE_CACHE_SECONDS)
    except RedisError as error:
        log.warning("the page cache does not answer: %s", type(error).__name__)


def _answer(request, content: bytes, headers: dict):
    response = HttpResponse(content, headers=headers)
    return get_conditional_response(request, etag=headers.get("ETag"), response=response)
