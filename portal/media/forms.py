"""The form behind every way by which editors upload pictures: single, several at once, in the chooser."""

from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from regiokit.pictures import clean_upload


class CleanedImageField(WagtailImageField):
    """Takes only what `regiokit.pictures` lets through, and changes the upload itself: whoever keeps it keeps the clean one."""

    def to_python(self, data):
        """Check and clean before anything else opens the file. Raises `PictureRefused`."""
        if data not in self.empty_values and hasattr(data, "size"):
            clean_upload(data)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """Wagtail's form with a file field that cleans."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = CleanedImageField(label=stock.label, required=stock.required, widget=stock.widget)
