"""What all pages share."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index


class EditorialPage(Page):
    """A page with a lead; search engines get the lead unless somebody wrote a description."""

    lead = models.TextField(
        _("Vorspann"),
        blank=True,
        validators=[MaxLengthValidator(300)],
        help_text=_("Höchstens zwei Sätze: Worum geht es, und was hat man davon?"),
    )

    published_directly = False
    """Whether editors publish the pages below one of this type themselves: daily business, without the workflow."""

    new_label = ""
    """What the admin's first page calls a new page of this type; empty: "… anlegen"."""

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """One plain sentence for search engines."""
        return self.search_description or self.lead

    def get_view_restrictions(self):
        """Return the restrictions of this page and those above, of alias pages those of their originals; one query."""
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        line = [self.path[:length] for length in steps]
        mine = Q(page__path__in=line) | Q(page__aliases__path__in=line)
        return PageViewRestriction.objects.filter(mine).distinct()

    def get_context(self, request, *args, **kwargs):
        """Add the way back: every page above this one, then the page itself."""
        context = super().get_context(request, *args, **kwargs)
        # The site's root has depth 2 and is the home page.
        above = self.get_ancestors().filter(depth__gte=2).order_by("depth") if self.depth and self.depth > 2 else []
        context["breadcrumbs"] = [
            (page.title if page.depth > 2 else _("Startseite"), page.get_url(request)) for page in above
        ]
        if context["breadcrumbs"]:
            context["breadcrumbs"].append((self.title, ""))
        return context


class Pictured(models.Model):
    """A picture for the card and the top of the page, with its alternative text."""

    picture = models.ForeignKey(
        "media.Picture",
        verbose_name=_("Bild"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("Alternativtext"),
        max_length=250,
        blank=True,
        help_text=_("Was ist zu sehen, und was sagt es zum Text? Ein Satz."),
    )
    picture_decorative = models.BooleanField(
        _("Das Bild schmückt nur"), default=False, help_text=_("Dann überspringen Vorleseprogramme das Bild.")
    )

    picture_panel = MultiFieldPanel(
        [FieldPanel("picture"), FieldPanel("picture_alt"), FieldPanel("picture_decorative")], heading=_("Bild")
    )

    class Meta:
        abstract = True

    def clean(self):
        """Ask for a decision: either the picture says something, or it only decorates."""
        super().clean()
        described = bool(self.picture_alt.strip())
        if self.picture_id and described == self.picture_decorative:
            message = (
                _("Bitte entscheiden Sie: Alternativtext oder „Das Bild schmückt nur“, nicht beides.")
                if described
                else _("Bitte beschreiben Sie das Bild in einem Satz, oder kreuzen Sie „Das Bild schmückt nur“ an.")
            )
            raise ValidationError({"picture_alt": message})


def for_everybody(pages):
    """Narrow a queryset to live pages that nobody restricted, in the same query; Wagtail's `public` needs another."""
    inner = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(inner=inner).filter(inner__startswith=F("page__path"))
    return pages.filter(~Exists(above), live=True)
