"""What indexes of dated pages share: pages of nine, newest first, and a feed."""

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.editorial.feeds import page_feed
from portal.editorial.models.base import EditorialPage
from portal.editorial.paging import paging

PER_PAGE = 9
IN_FEED = 20


class DatedIndexPage(RoutablePageMixin, EditorialPage):
    """An index below the home page, one of its kind; `?page=2`, the same as RSS at `feed/`."""

    parent_page_types = ["editorial.HomePage"]
    max_count_per_parent = 1
    published_directly = True

    class Meta:
        abstract = True

    def entries(self):
        """Return the pages that everybody may see, newest first."""
        raise NotImplementedError

    def one_page(self, request, entries, *, query: QueryDict | None = None) -> tuple[list, dict]:
        """Return the entries of the page that is asked for, and its paging; `query` is kept in the links.

        A page that does not exist is a 404.
        """
        try:
            page = Paginator(entries, PER_PAGE).page(request.GET.get("page", 1))
        except InvalidPage as error:
            raise Http404(_("Diese Seite der Übersicht gibt es nicht.")) from error
        return list(page.object_list), paging(page, address=self.get_url(request), query=query)

    def get_context(self, request, *args, **kwargs):
        """Add the address of the feed."""
        context = super().get_context(request, *args, **kwargs)
        context["feed_url"] = self.get_url(request) + self.reverse_subpage("feed")
        return context

    @path("feed/", name="feed")
    def feed(self, request):
        """Answer with the latest entries as RSS 2.0."""
        return HttpResponse(
            page_feed(self, self.entries()[:IN_FEED]), content_type="application/rss+xml; charset=utf-8"
        )
