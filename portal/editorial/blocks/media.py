"""Blocks that show or lead to something else: pictures, links, files."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ListBlock,
    PageChooserBlock,
    StructBlock,
    StructBlockValidationError,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class PictureBlock(StructBlock):
    """A picture with its alternative text, or marked as decorative."""

    image = ImageBlock(label=_("Bild"))
    caption = CharBlock(label=_("Bildunterschrift und Quelle"), max_length=250, required=False)

    class Meta:
        label = _("Bild")
        icon = "image"
        template = "editorial/blocks/picture.html"
        description = _("Ein Bild mit Alternativtext.")


class LinkBlock(StructBlock):
    """A link to a page of this portal or to another address."""

    label = CharBlock(
        label=_("Linktext"), max_length=120, help_text=_("Sagt, wohin der Link führt; nie „hier klicken“.")
    )
    page = PageChooserBlock(label=_("Seite"), required=False)
    url = URLBlock(label=_("oder Adresse"), required=False)

    def clean(self, value):
        """Ask for exactly one target."""
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            message = ValidationError(_("Bitte wählen Sie eine Seite oder geben Sie eine Adresse an, nicht beides."))
            raise StructBlockValidationError(block_errors={"url": message})
        return cleaned

    class Meta:
        label = _("Link")
        icon = "link"


class LinkListBlock(StructBlock):
    """Links under a heading."""

    title = CharBlock(label=_("Überschrift"), max_length=120)
    links = ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        label = _("Linkliste")
        icon = "list-ul"
        template = "editorial/blocks/links.html"
        description = _("Weiterführende Seiten und Adressen.")


class DownloadBlock(StructBlock):
    """A file with what people should know before they open it."""

    document = DocumentChooserBlock(label=_("Datei"))
    accessible = BooleanBlock(label=_("Die Datei ist barrierefrei"), required=False)
    alternative = CharBlock(
        label=_("Weg ohne diese Datei"),
        max_length=250,
        required=False,
        help_text=_("Wenn die Datei nicht barrierefrei ist: Wo gibt es denselben Inhalt, oder wer hilft?"),
    )

    class Meta:
        label = _("Datei zum Herunterladen")
        icon = "doc-full"
        template = "editorial/blocks/download.html"
        description = _("Eine Datei mit Art und Größe.")
