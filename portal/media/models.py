"""The portal's images and documents: what Wagtail stores, and what the portal may do with it."""

import uuid
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from portal.media.enums import Accessible, Licence, Persons

FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
RIGHTS = ("author", "source", "licence", "permission_note", "rights_until")


class Rights(models.Model):
    """Who made a file, where it comes from, what it may be used for and how long."""

    author = models.CharField(_("Urheberin oder Urheber"), max_length=200, blank=True, help_text=_("Wie im Nachweis."))
    source = models.CharField(
        _("Quelle"), max_length=250, blank=True, help_text=_("Archiv, Agentur oder Adresse im Netz.")
    )
    licence = models.CharField(_("Nutzungsrecht"), max_length=20, choices=Licence.choices)
    permission_note = models.TextField(
        _("Erlaubnis"), blank=True, help_text=_("Wer hat wann was erlaubt? Wo liegt der Nachweis? Nur intern.")
    )
    rights_until = models.DateField(_("Nutzbar bis"), null=True, blank=True, help_text=_("Leer: ohne Frist."))

    class Meta:
        abstract = True

    def clean(self):
        """Ask for the author where the licence demands it, and for the proof where somebody gave leave."""
        super().clean()
        errors = {}
        if self.licence in Licence.values and Licence(self.licence).names_author and not self.author.strip():
            errors["author"] = _("Diese Lizenz verlangt, dass die Urheberin oder der Urheber genannt wird.")
        if self.licence == Licence.PERMISSION and not self.permission_note.strip():
            errors["permission_note"] = _("Bitte notieren Sie, wer die Nutzung wann erlaubt hat.")
        if errors:
            raise ValidationError(errors)

    @property
    def credit_due(self) -> bool:
        """Whether the licence demands that the author is named."""
        return self.licence in Licence.values and Licence(self.licence).names_author

    @property
    def deed(self) -> str:
        """Address of the licence's text; empty when there is none."""
        return Licence(self.licence).deed if self.licence in Licence.values else ""


class Picture(Rights, AbstractImage):
    """A picture; `persons` says whether people in it agreed."""

    persons = models.CharField(_("Personen im Bild"), max_length=10, choices=Persons.choices)

    admin_form_fields = ("title", "file", "description", *RIGHTS, "persons", "collection", "tags", *FOCUS)
    search_fields = [*AbstractImage.search_fields, index.SearchField("author"), index.FilterField("licence")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")

    def __str__(self):
        return self.title

    def get_upload_to(self, filename):
        """Return a path that tells nothing of the name the file had."""
        return f"original_images/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:5]}"


class Rendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class Download(Rights, AbstractDocument):
    """A file to download; who cannot read it is told another way."""

    accessible = models.CharField(
        _("Barrierefreiheit"), max_length=10, choices=Accessible.choices, default=Accessible.UNKNOWN
    )
    alternative = models.CharField(
        _("Weg ohne diese Datei"),
        max_length=250,
        blank=True,
        help_text=_("Wenn die Datei nicht barrierefrei ist: Wo gibt es denselben Inhalt, oder wer hilft?"),
    )

    admin_form_fields = ("title", "file", *RIGHTS, "accessible", "alternative", "collection", "tags")
    search_fields = [*AbstractDocument.search_fields, index.SearchField("author"), index.FilterField("licence")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")

    def __str__(self):
        return self.title

    def clean(self):
        """Ask for another way when the file is not accessible; Wagtail's own check and that of the rights stay."""
        Rights.clean(self)
        AbstractDocument.clean(self)
        if self.accessible == Accessible.NO and not self.alternative.strip():
            raise ValidationError({"alternative": _("Bitte sagen Sie, wie man ohne diese Datei an den Inhalt kommt.")})
