"""News: an index with pages and a feed, and the articles."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from portal.editorial.blocks import BodyBlock
from portal.editorial.fields import BodyField
from portal.editorial.models.base import EditorialPage, Pictured, for_everybody
from portal.editorial.models.dated_index import DatedIndexPage


class NewsIndexPage(DatedIndexPage):
    """All news."""

    subpage_types = ["editorial.NewsPage"]
    template = "editorial/news_index_page.html"

    class Meta:
        verbose_name = _("Nachrichtenübersicht")
        verbose_name_plural = _("Nachrichtenübersichten")

    def entries(self):
        """Return the news, newest first."""
        return NewsPage.shown().child_of(self)

    def get_context(self, request, *args, **kwargs):
        """Add one page of news."""
        context = super().get_context(request, *args, **kwargs)
        context["news"], context["paging"] = self.one_page(request, self.entries())
        return context


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
