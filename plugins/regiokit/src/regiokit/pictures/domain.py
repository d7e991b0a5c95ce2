"""What an organisation does with pictures: upload one, and put those of an entry in order."""

import uuid

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext
from wagtail.images import get_image_model
from wagtail.models import Collection

from regiokit import conf
from regiokit.pictures.checking import EXTENSIONS
from regiokit.pictures.cleaning import clean_upload
from regiokit.pictures.models import OwnedPicture


def store_picture(organisation, *, upload, by=None) -> OwnedPicture:
    """Check, clean and keep an uploaded file for the organisation, under a name that nobody can guess.

    `by` is the person who uploads. Raises `PictureRefused`.
    """
    kind = clean_upload(upload)
    model = get_image_model()
    known = {field.name for field in model._meta.get_fields()}
    extra = {name: value for name, value in conf.picture_fields().items() if name in known}
    image = model(title=organisation.name[:255], uploaded_by_user=by, **extra)
    name = f"{uuid.uuid4().hex}.{EXTENSIONS[kind][0]}"
    image.file.save(name, ImageFile(upload.file, name=name), save=False)
    try:
        with transaction.atomic():
            image.collection = _collection()
            image.file_size = upload.size
            image.save()
            return OwnedPicture.objects.create(organisation=organisation, image=image)
    except Exception:
        # Files know no transaction: whatever rolls the row back would leave its file behind.
        image.file.storage.delete(image.file.name)
        raise


def _collection() -> Collection:
    """Return the collection of these pictures, which is made with the first one."""
    name = gettext("Bilder von Organisationen")
    # Two first pictures at once would make two collections.
    root = Collection.objects.select_for_update().get(pk=Collection.get_first_root_node().pk)
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def moved(rows: list[dict], picture: int, *, by: int) -> list[dict]:
    """Return the rows with that picture `by` places further on (negative: to the front), within the list."""
    rows = list(rows)
    at = next((place for place, row in enumerate(rows) if row["picture"] == picture), None)
    if at is not None:
        row = rows.pop(at)
        rows.insert(min(max(at + by, 0), len(rows)), row)
    return rows
