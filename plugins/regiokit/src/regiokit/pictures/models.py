"""Which organisation a picture belongs to, and what an entry with pictures is."""

from dataclasses import dataclass

from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string


class OwnedPicture(models.Model):
    """A picture that an organisation has uploaded; with this row the picture and its files go."""

    organisation = models.ForeignKey("regiokit.Organisation", on_delete=models.CASCADE, related_name="pictures")
    image = models.OneToOneField(get_image_model_string(), on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Bild einer Organisation")
        verbose_name_plural = _("Bilder von Organisationen")

    def __str__(self):
        return f"{self.organisation_id}: {self.image_id}"


@receiver(post_delete, sender=OwnedPicture)
def delete_image(sender, instance, **_kwargs):
    """Delete the image too, however the row went; Wagtail then deletes its files after the commit."""
    image = OwnedPicture._meta.get_field("image").related_model
    image._base_manager.filter(pk=instance.image_id).delete()


@dataclass(frozen=True)
class ShownPicture:
    """A picture as a page draws it; without an `alt` it only decorates."""

    image: models.Model
    alt: str
    credit: str
    pk: int


class Illustrated(models.Model):
    """An entry with pictures in order, the first is its cover; the list is part of each revision.

    `pictures` is a list of {"picture": key of an `OwnedPicture`, "alt": text, empty when the picture only decorates,
    "credit": who made it, may be empty}. The entry has an `organisation`; pictures of others are never shown.
    """

    MOST_PICTURES = 1

    pictures = models.JSONField(_("Bilder"), default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    @cached_property
    def shown_pictures(self) -> list[ShownPicture]:
        """The pictures that are still there, two queries; lists use `load_pictures` first."""
        return load_pictures([self])[0].shown_pictures

    @property
    def cover(self) -> ShownPicture | None:
        """The first picture, or None."""
        return self.shown_pictures[0] if self.shown_pictures else None


def load_pictures(entries) -> list:
    """Give all these entries their `shown_pictures` in two queries together, in none when they have no pictures."""
    entries = list(entries)
    wanted = {row["picture"] for entry in entries for row in entry.pictures}
    found = {}
    if wanted:
        rows = OwnedPicture.objects.filter(pk__in=wanted).select_related("image")
        found = {owned.pk: owned for owned in rows.prefetch_related("image__renditions")}
    for entry in entries:
        entry.shown_pictures = [
            ShownPicture(image=owned.image, alt=row["alt"], credit=row["credit"], pk=owned.pk)
            for row in entry.pictures
            if (owned := found.get(row["picture"])) and owned.organisation_id == entry.organisation_id
        ]
    return entries
