"""Plain pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portal.editorial.blocks import BodyBlock
from portal.editorial.fields import BodyField
from portal.editorial.models.base import EditorialPage


class ContentPage(EditorialPage):
    """A page with a text, and perhaps pages below it."""

    body = BodyField(BodyBlock(), verbose_name=_("Inhalt"), blank=True)

    content_panels = [*EditorialPage.content_panels, FieldPanel("body")]
    search_fields = [*EditorialPage.search_fields, index.SearchField("body")]
    parent_page_types = ["editorial.HomePage", "editorial.ContentPage"]
    subpage_types = ["editorial.ContentPage"]
    template = "editorial/content_page.html"

    class Meta:
        verbose_name = _("Inhaltsseite")
        verbose_name_plural = _("Inhaltsseiten")
