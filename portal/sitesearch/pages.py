"""Editors' pages as a search source."""

from collections.abc import Iterable, Iterator
from html import unescape

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from portal.editorial.models.base import for_everybody
from portal.editorial.models.events import EventPage, without_past
from portal.editorial.models.guides import GuidePage
from regiokit.search import Facet, SearchDocument, SearchSource
from regiokit.search.domain import listed, update

# Page types that only lead to others would answer every question about what stands below them.
WITHOUT = ("newsindexpage", "guideindexpage", "storyindexpage", "eventindexpage", "homepage")


KINDS = {
    "guide": _("Ratgeber"),
    "event": _("Veranstaltungen"),
    "page": _("Seiten und Nachrichten"),
}
"""What people look for among pages, each a group of its own: instructions, dates, everything else."""


def shown() -> QuerySet:
    """Return the pages that anybody may read and find; events leave when they are over."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return Page.objects.none()
    below = Page.objects.descendant_of(site.root_page).exclude(content_type__model__in=WITHOUT)
    return without_past(for_everybody(below))


def documents(ids: Iterable[int] | None) -> Iterator[SearchDocument]:
    """Yield the documents of the pages with these ids, or of all; nothing for pages that are not public."""
    pages = shown() if ids is None else shown().filter(pk__in=list(ids))
    for page in pages.specific().iterator():
        yield SearchDocument(
            object_id=page.pk,
            title=page.title,
            slug=page.slug,
            text=text(page),
            facets={"kind": (kind(page),)},
            published_at=page.first_published_at,
        )


def kind(page: Page) -> str:
    """Return the group of a page: a key of `KINDS`."""
    if isinstance(page, GuidePage):
        return "guide"
    return "event" if isinstance(page, EventPage) else "page"


def text(page: Page) -> str:
    """Return all words of the page's search fields, the lead first."""
    words = []
    for field in page.get_search_fields():
        # Filter fields and related fields hold no text; the title stands apart.
        if hasattr(field, "boost") and field.field_name != "title":
            value = field.get_value(page)
            words.extend(value if isinstance(value, list) else [str(value or "")])
    return " ".join(unescape(strip_tags(word)) for word in words)


def load(ids: list[int]) -> dict[int, Page]:
    """Return those pages of these ids that anybody may read, whatever the index still holds."""
    return {page.pk: page for page in shown().filter(pk__in=ids).specific(defer=False)}


def url(pk: int, slug: str) -> str:
    """Return the address of a page; the slug alone does not say it."""
    page = Page.objects.filter(pk=pk).first()
    return (page and page.get_url()) or reverse("site_search")


source = SearchSource(
    key="portal.page",
    label=_("Seiten und Ratgeber"),
    documents=documents,
    load=load,
    url=url,
    list_url="site_search",
    facets=(Facet(name="kind", label=_("Art"), labels=lambda: KINDS),),
    text=text,
)


def forget_past() -> int:
    """Take events that are over out of the index; return how many. The worker calls it, so that counts stay right.

    Until then nobody sees them: `load` leaves them out already.
    """
    over = EventPage.objects.filter(over_at__lte=timezone.now()).values("pk")
    stale = listed(source.key, over)
    if stale:
        update(source, *stale)
    return len(stale)
