"""A question as a feed: RSS of its newest entries, iCalendar of their dates. The same parameters as the list."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256

from django.http import HttpResponse, HttpResponseBadRequest
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regiokit import conf
from regiokit.mail.composing import site_name
from regiokit.search.alerts import addresses
from regiokit.search.alerts.domain import kept_params
from regiokit.search.alerts.lines import EntryLine, entry_lines
from regiokit.search.alerts.wording import in_words
from regiokit.search.contract import SearchSource
from regiokit.search.domain import search
from regiokit.search.filters import build_query, validate

SHOWN = 50
KEPT_SECONDS = 900
"""Readers ask again and again: a quarter of an hour may pass."""


@require_safe
def feed(request, source: SearchSource):
    """Return the newest entries of the question as RSS 2.0."""
    return answer(request, source, _rss, content_type="application/rss+xml; charset=utf-8")


def _rss(source: SearchSource, request, title: str, lines: Iterable[EntryLine]) -> bytes:
    here = conf.absolute(request.get_full_path())
    shown = conf.absolute(addresses.list_path(source, kept_params(source, request.GET)))
    rss = Rss201rev2Feed(
        title=f"{title} – {site_name()}" if site_name() else title,
        link=shown,
        description=_("Das Neueste zu dieser Suche"),
        language="de",
        feed_url=here,
    )
    for line in lines:
        rss.add_item(
            title=line.title,
            link=line.url,
            description=line.meta,
            pubdate=line.published_at,
            unique_id=f"{source.key}:{line.object_id}",
            unique_id_is_permalink=False,
        )
    return rss.writeString("utf-8").encode()


Draw = Callable[[SearchSource, object, str, list[EntryLine]], bytes]


def answer(request, source: SearchSource, draw: Draw, *, content_type: str, limit: int = SHOWN) -> HttpResponse:
    """Check the parameters as the list does, ask the search, and let readers keep what `draw` makes of the newest."""
    form, errors = validate(source, request.GET)
    if errors:
        text = "\n".join(f"{name}: {message}" for name, message in errors.items())
        return HttpResponseBadRequest(text, content_type="text/plain; charset=utf-8")
    query = replace(build_query(source, form), sort="newest", page=1, per_page=limit)
    hits = search(source, query).hits
    lines = entry_lines(source, [hit.object_id for hit in hits], {hit.object_id: hit.object for hit in hits})
    response = HttpResponse(draw(source, request, in_words(source, form), lines), content_type=content_type)
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    marked = sha256(f"{request.get_full_path()} {lines}".encode()).hexdigest()[:32]
    response["ETag"] = quote_etag(marked)
    return get_conditional_response(request, etag=response["ETag"], response=response)
