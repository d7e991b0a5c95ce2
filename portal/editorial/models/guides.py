"""Guides (Ratgeber): instructions for one audience, with the day when somebody last checked them."""

from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.editorial.blocks.text import RICH, StepBlock
from portal.editorial.enums import Audience, StoryKind
from portal.editorial.fields import BodyField
from portal.editorial.models.base import EditorialPage, Pictured, for_everybody
from portal.editorial.models.stories import StoryPage

STORIES = 3


def stories_for(audience: str) -> list[StoryPage]:
    """Return the newest stories of those whom a guide for this `Audience` is written for."""
    kind = StoryKind.of(audience)
    return list(StoryPage.shown().filter(kind=kind)[:STORIES]) if kind else []


class GuideIndexPage(EditorialPage):
    """All guides by audience; `?audience=employer` shows one audience alone."""

    parent_page_types = ["editorial.HomePage"]
    subpage_types = ["editorial.GuidePage"]
    max_count_per_parent = 1
    template = "editorial/guide_index_page.html"

    class Meta:
        verbose_name = _("Ratgeberübersicht")
        verbose_name_plural = _("Ratgeberübersichten")

    def get_context(self, request, *args, **kwargs):
        """Add the guides in groups. An audience that does not exist is a 404."""
        context = super().get_context(request, *args, **kwargs)
        wanted = request.GET.get("audience", "")
        if wanted and wanted not in Audience.values:
            raise Http404(_("Für diese Gruppe gibt es keine Ratgeber."))
        guides = list(GuidePage.shown().child_of(self))
        context["audience"] = Audience(wanted) if wanted else None
        context["stories"] = stories_for(wanted)
        if context["stories"]:
            context["stories_url"] = (
                f"{context['stories'][0].get_parent().get_url(request)}?kind={StoryKind.of(wanted)}"
            )
        context["audiences"] = [
            audience for audience in Audience if any(guide.audience == audience for guide in guides)
        ]
        context["groups"] = [
            (audience, [guide for guide in guides if guide.audience == audience])
            for audience in context["audiences"]
            if not wanted or audience == wanted
        ]
        return context


class GuidePage(Pictured, EditorialPage):
    """One guide: who it is for, what to do step by step, whom to ask."""

    audience = models.CharField(_("Für wen?"), max_length=20, choices=Audience.choices)
    checked_on = models.DateField(
        _("Zuletzt geprüft"),
        default=timezone.localdate,
        help_text=_("Wann hat jemand nachgesehen, ob alles noch stimmt?"),
    )
    intro = RichTextField(_("Einleitung"), blank=True, features=RICH)
    steps = BodyField([("step", StepBlock())], verbose_name=_("Schritte"), blank=True)
    closing = RichTextField(_("Schluss"), blank=True, features=RICH)
    document = models.ForeignKey(
        "media.Download",
        verbose_name=_("Datei zum Herunterladen"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact = models.TextField(_("Wer hilft weiter?"), blank=True, help_text=_("Stelle, Telefon, Sprechzeiten."))

    content_panels = [
        *EditorialPage.content_panels,
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("checked_on")], heading=_("Angaben")),
        Pictured.picture_panel,
        FieldPanel("intro"),
        FieldPanel("steps"),
        FieldPanel("closing"),
        FieldPanel("document"),
        FieldPanel("contact"),
    ]
    search_fields = [
        *EditorialPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("steps"),
        index.SearchField("closing"),
        index.FilterField("audience"),
    ]
    parent_page_types = ["editorial.GuideIndexPage"]
    subpage_types = []
    template = "editorial/guide_page.html"

    class Meta:
        verbose_name = _("Ratgeber")
        verbose_name_plural = _("Ratgeber")

    def get_context(self, request, *args, **kwargs):
        """Add the stories that point to this guide."""
        context = super().get_context(request, *args, **kwargs)
        context["stories"] = list(StoryPage.shown().filter(guide=self.pk)[:STORIES]) if self.pk else []
        return context

    @classmethod
    def shown(cls):
        """Return what visitors may see, by title."""
        pages = for_everybody(cls.objects.defer_streamfields())
        return pages.select_related("picture").prefetch_related("picture__renditions").order_by("title", "pk")
