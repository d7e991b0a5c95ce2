"""Success stories: what employers, commuters and associations tell."""

from django.db import models
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from portal.editorial.blocks import BodyBlock
from portal.editorial.blocks.text import FigureBlock
from portal.editorial.enums import StoryKind
from portal.editorial.fields import BodyField
from portal.editorial.models.base import EditorialPage, Pictured, for_everybody
from portal.editorial.models.dated_index import DatedIndexPage

MOST_FIGURES = 3


class StoryIndexPage(DatedIndexPage):
    """All stories; `?kind=employer` shows one kind alone."""

    subpage_types = ["editorial.StoryPage"]
    template = "editorial/story_index_page.html"

    class Meta:
        verbose_name = _("Übersicht der Erfolgsgeschichten")
        verbose_name_plural = _("Übersichten der Erfolgsgeschichten")

    def entries(self):
        """Return the stories, newest first."""
        return StoryPage.shown().child_of(self)

    def get_context(self, request, *args, **kwargs):
        """Add one page of stories. A kind that does not exist is a 404."""
        context = super().get_context(request, *args, **kwargs)
        wanted = request.GET.get("kind", "")
        if wanted and wanted not in StoryKind.values:
            raise Http404(_("Solche Geschichten gibt es nicht."))
        there = set(StoryPage.objects.child_of(self).live().order_by().values_list("kind", flat=True).distinct())
        context["kind"] = StoryKind(wanted) if wanted else None
        context["kinds"] = [kind for kind in StoryKind if kind in there]
        stories = self.entries().filter(kind=wanted) if wanted else self.entries()
        query = QueryDict(f"kind={wanted}" if wanted else "")
        context["stories"], context["paging"] = self.one_page(request, stories, query=query)
        return context


class StoryPage(Pictured, EditorialPage):
    """One story: who tells it, where, what came of it in figures."""

    new_label = _("Neue Erfolgsgeschichte")

    kind = models.CharField(_("Wer erzählt?"), max_length=20, choices=StoryKind.choices)
    date = models.DateField(_("Datum"), default=timezone.localdate)
    person = models.CharField(
        _("Person"),
        max_length=160,
        blank=True,
        help_text=_("Name und Aufgabe, wie sie erscheinen sollen. Fragen Sie die Person vorher."),
    )
    organisation = models.CharField(_("Betrieb, Verein oder Ort"), max_length=160, blank=True)
    towns = ParentalManyToManyField(
        "regiokit.Municipality",
        verbose_name=_("Orte"),
        blank=True,
        related_name="+",
        help_text=_("Leer: ganzer Kreis."),
    )
    quote = models.TextField(_("Zitat"), max_length=400, blank=True, help_text=_("Ein Satz, der hängen bleibt."))
    figures = BodyField(
        [("figure", FigureBlock())],
        verbose_name=_("Zahlen"),
        blank=True,
        max_num=MOST_FIGURES,
        help_text=_("Höchstens drei, die man sich merkt."),
    )
    body = BodyField(BodyBlock(), verbose_name=_("Inhalt"), blank=True)
    guide = models.ForeignKey(
        "editorial.GuidePage",
        verbose_name=_("Passender Ratgeber"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
    )

    content_panels = [
        *EditorialPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("person"),
                FieldPanel("organisation"),
                FieldPanel("towns"),
                FieldPanel("date"),
            ],
            heading=_("Angaben"),
        ),
        Pictured.picture_panel,
        FieldPanel("quote"),
        FieldPanel("figures"),
        FieldPanel("body"),
        PageChooserPanel("guide"),
    ]
    search_fields = [
        *EditorialPage.search_fields,
        index.SearchField("person"),
        index.SearchField("organisation"),
        index.SearchField("quote"),
        index.SearchField("figures"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]
    parent_page_types = ["editorial.StoryIndexPage"]
    subpage_types = []
    template = "editorial/story_page.html"

    class Meta:
        verbose_name = _("Erfolgsgeschichte")
        verbose_name_plural = _("Erfolgsgeschichten")
        indexes = [models.Index(fields=["-date"], name="editorial_story_date")]

    def get_context(self, request, *args, **kwargs):
        """Add the names of the towns, and the guide when everybody may read it."""
        context = super().get_context(request, *args, **kwargs)
        context["towns"] = [town.name for town in self.towns.all()]
        guides = self._meta.get_field("guide").related_model.objects
        context["guide"] = for_everybody(guides.filter(pk=self.guide_id)).first() if self.guide_id else None
        return context

    @property
    def teller(self) -> str:
        """Who tells it, in one line."""
        return ", ".join(part for part in (self.person, self.organisation) if part)

    @classmethod
    def shown(cls):
        """Return what visitors may see, newest first, with everything a card needs in two queries."""
        pages = for_everybody(cls.objects.defer_streamfields())
        return pages.select_related("picture").prefetch_related("picture__renditions").order_by("-date", "-pk")
