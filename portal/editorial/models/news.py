"""News: an index with pages and a feed, and the articles."""

from django.core.paginator import InvalidPage, Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from portal.editorial.blocks import BodyBlock
from portal.editorial.feeds import page_feed
from portal.editorial.fields import BodyField
from portal.editorial.models.base import EditorialPage, Pictured, for_everybody
from portal.editorial.paging import paging

PER_PAGE = 9
IN_FEED = 20


class NewsIndexPage(RoutablePageMixin, EditorialPage):
    """All news, newest first, `?page=2`; the same as RSS at `feed/`."""

    parent_page_types = ["editorial.HomePage"]
    subpage_types = ["editorial.NewsPage"]
    max_count_per_parent = 1
    published_directly = True
    template = "editorial/news_index_page.html"

    class Meta:
        verbose_name = _("Nachrichtenübersicht")
        verbose_name_plural = _("Nachrichtenübersichten")

    def get_context(self, request, *args, **kwargs):
        """Add one page of news. A page that does not exist is a 404."""
        context = super().get_context(request, *args, **kwargs)
        try:
            page = Paginator(NewsPage.shown().child_of(self), PER_PAGE).page(request.GET.get("page", 1))
        except InvalidPage as error:
            raise Http404(_("Diese Seite der Nachrichten gibt es nicht.")) from error
        context["news"] = list(page.object_list)
        context["paging"] = paging(page, address=self.get_url(request))
        context["feed_url"] = self.get_url(request) + self.reverse_subpage("feed")
        return context

    @path("feed/", name="feed")
    def feed(self, request):
        """Answer with the latest news as RSS 2.0."""
        items = NewsPage.shown().child_of(self)[:IN_FEED]
        return HttpResponse(page_feed(self, items), content_type="application/rss+xml; charset=utf-8")


class NewsPage(Pictured, EditorialPage):
    """One article."""

    new_label = _("Neue Nachricht")

    date = models.DateField(_("Datum"), default=timezone.localdate)
    author = models.CharField(_("Wer schreibt?"), max_length=120, blank=True)
    towns = ParentalManyToManyField(
        "regiokit.Municipality",
        verbose_name=_("Orte"),
        blank=True,
        related_name="+",
        help_text=_("Leer: ganzer Kreis."),
    )
    body = BodyField(BodyBlock(), verbose_name=_("Inhalt"), blank=True)

    content_panels = [
        *EditorialPage.content_panels,
        Pictured.picture_panel,
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("date"), FieldPanel("author"), FieldPanel("towns")], heading=_("Angaben")),
    ]
    search_fields = [*EditorialPage.search_fields, index.SearchField("body"), index.FilterField("date")]
    parent_page_types = ["editorial.NewsIndexPage"]
    subpage_types = []
    template = "editorial/news_page.html"

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        indexes = [models.Index(fields=["-date"], name="editorial_news_date")]

    def get_context(self, request, *args, **kwargs):
        """Add the names of the towns."""
        context = super().get_context(request, *args, **kwargs)
        context["towns"] = [town.name for town in self.towns.all()]
        return context

    @classmethod
    def shown(cls):
        """Return what visitors may see, newest first, with everything a card needs in three queries."""
        return (
            for_everybody(cls.objects.defer_streamfields())
            .select_related("picture")
            .prefetch_related("picture__renditions")
            .order_by("-date", "-pk")
        )
