"""Says before the start that uploads have no limit."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.utils.translation import gettext as _

LIMITS = ("WAGTAILIMAGES_MAX_UPLOAD_SIZE", "WAGTAILIMAGES_MAX_IMAGE_PIXELS", "WAGTAILDOCS_MAX_UPLOAD_SIZE")


@register(Tags.security, deploy=True)
def uploads_have_limits(app_configs, **kwargs):
    """Refuse a deployment in which a single file may fill the disk."""
    return [
        Error(_("%s ist nicht gesetzt: Eine einzige Datei kann den Speicher füllen.") % name, id=f"media.E00{number}")
        for number, name in enumerate(LIMITS, start=1)
        if not getattr(settings, name, None)
    ]
