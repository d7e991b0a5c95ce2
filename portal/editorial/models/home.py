"""The start page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from portal.editorial import live
from portal.editorial.blocks import BodyBlock
from portal.editorial.enums import Audience
from portal.editorial.fields import BodyField
from portal.editorial.models.base import EditorialPage
from portal.editorial.models.guides import GuidePage
from portal.editorial.models.news import NewsPage

NEWS = 3


class HomePage(EditorialPage):
    """Search, doors, fresh entries, news and figures. Plugins bring most of it."""

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
        "editorial.ContentPage",
    ]
    template = "editorial/home_page.html"

    class Meta:
        verbose_name = _("Startseite")
        verbose_name_plural = _("Startseiten")

    def get_context(self, request, *args, **kwargs):
        """Add what plugins declare and the latest news."""
        context = super().get_context(request, *args, **kwargs)
        context["doors"] = [*live.doors(), *self._employer_door(request)]
        context["sections"] = live.sections()
        context["figures"] = live.figures()
        context["news"] = list(NewsPage.shown().descendant_of(self)[:NEWS])
        if context["news"]:
            context["news_url"] = _above(context["news"][0].get_url(request))
        return context

    def _employer_door(self, request) -> list[dict]:
        """The guides for employers, if somebody has published one."""
        guide = GuidePage.shown().descendant_of(self).filter(audience=Audience.EMPLOYER).first()
        if guide is None:
            return []
        return [
            {
                "title": Audience.EMPLOYER.label,
                "text": self.employers_text,
                "url": f"{_above(guide.get_url(request))}?audience={Audience.EMPLOYER}",
            }
        ]


def _above(url: str) -> str:
    """Return the address of the index: articles live right below it, so no query is needed."""
    return url.rstrip("/").rpartition("/")[0] + "/"
