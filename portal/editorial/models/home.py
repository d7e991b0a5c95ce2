"""The start page."""

from django.db import models
from django.db.models import Exists, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from portal.editorial import live
from portal.editorial.agenda import next_of_each
from portal.editorial.blocks import BodyBlock
from portal.editorial.enums import Audience
from portal.editorial.fields import BodyField
from portal.editorial.models.base import EditorialPage, for_everybody
from portal.editorial.models.events import EventPage
from portal.editorial.models.guides import GuidePage
from portal.editorial.models.news import NewsPage
from portal.region.menus import SiteFrame

NEWS = 3
EVENTS = 4


class HomePage(EditorialPage):
    """Search, doors, fresh entries, news, events and figures. Plugins bring most of it."""

    heading = models.CharField(
        _("Überschrift"),
        max_length=120,
        blank=True,
        help_text=_("Steht groß über der Suche. Leer: der Titel der Seite."),
    )
    employers_text = models.CharField(
        _("Text der Tür „Für Arbeitgeber“"),
        max_length=200,
        default=_("Ratgeber für Betriebe: mobiles Arbeiten, Engagement im Team, Arbeitsplätze in der Nähe."),
        help_text=_("Die Tür erscheint, sobald es einen Ratgeber für Arbeitgeber gibt."),
    )
    body = BodyField(
        BodyBlock(), verbose_name=_("Weiterer Inhalt"), blank=True, help_text=_("Erscheint unter den Nachrichten.")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldPanel("employers_text"),
        FieldPanel("body"),
    ]
    search_fields = [*EditorialPage.search_fields, index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "editorial.NewsIndexPage",
        "editorial.GuideIndexPage",
        "editorial.StoryIndexPage",
        "editorial.EventIndexPage",
        "editorial.FormPage",
        "editorial.ContentPage",
    ]
    template = "editorial/home_page.html"

    class Meta:
        verbose_name = _("Startseite")
        verbose_name_plural = _("Startseiten")

    def get_context(self, request, *args, **kwargs):
        """Add what plugins declare and the latest news, in few queries: this is the page that everybody opens."""
        context = super().get_context(request, *args, **kwargs)
        guides = for_everybody(GuidePage.objects.filter(audience=Audience.EMPLOYER)).order_by("url_path")
        guides = guides.filter(path__startswith=self.path).values_list("url_path", flat=True)
        events = EventPage.shown().filter(path__startswith=self.path)
        there = {"guide": Subquery(guides[:1]), "with_events": Exists(events)}
        context["news"] = list(NewsPage.shown().filter(path__startswith=self.path).annotate(**there)[:NEWS])
        # The news bring along what else there is; without news it is asked for.
        known = context["news"][0] if context["news"] else HomePage.objects.annotate(**there).filter(pk=self.pk).first()
        # The preview of a home page that is not stored yet knows nothing below it.
        guide, with_events = (known.guide, known.with_events) if known else ("", False)
        context["events"] = next_of_each(events, limit=EVENTS) if with_events else []
        plugins = live.in_order([link["url"] for link in SiteFrame.of(request).menu])
        context["doors"] = [*live.doors(plugins), *([self._employer_door(guide, request)] if guide else [])]
        context["sections"] = live.sections(plugins)
        context["figures"] = live.figures(plugins)
        if context["news"]:
            context["news_url"] = self._index_url(context["news"][0].url_path, request)
        if context["events"]:
            context["events_url"] = self._index_url(context["events"][0].event.url_path, request)
        return context

    def _employer_door(self, guide: str, request) -> dict:
        """The guides for employers; `guide` is the `url_path` of one of them."""
        return {
            "title": Audience.EMPLOYER.label,
            "text": self.employers_text,
            "url": f"{self._index_url(guide, request)}?audience={Audience.EMPLOYER}",
        }

    def _index_url(self, url_path: str, request) -> str:
        """Return the address of the index right above the page with this `url_path`."""
        above = url_path.rstrip("/").rpartition("/")[0] + "/"
        return self.get_url(request) + above.removeprefix(self.url_path)
