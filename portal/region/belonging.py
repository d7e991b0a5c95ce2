"""One database belongs to one region: its towns, pages and contacts are that county's."""

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from portal.region.models import HomeRegion
from regiokit.places.models import Municipality


class ForeignDatabase(Exception):
    """The database belongs to another region than `PORTAL_REGION` names; the message says how to mend it."""


def must_be_ours() -> None:
    """Raise `ForeignDatabase` when the database was made for another region; an empty one is anybody's."""
    tables = set(connection.introspection.table_names())
    if HomeRegion._meta.db_table in tables and (home := HomeRegion.objects.first()):
        if home.slug != settings.REGION.slug:
            raise ForeignDatabase(_refusal(home.slug))
    elif Municipality._meta.db_table in tables:
        # Made before databases knew their region: its towns tell.
        counties = set(Municipality.objects.order_by().values_list("county_ags", flat=True).distinct())
        if counties and settings.REGION.ags not in counties:
            raise ForeignDatabase(_refusal(", ".join(sorted(counties))))


def claim() -> None:
    """Write down that this database belongs to the region of the settings. Raises `ForeignDatabase`."""
    must_be_ours()
    HomeRegion.objects.get_or_create(slug=settings.REGION.slug)


def _refusal(owner: str) -> str:
    return _(
        "Diese Datenbank gehört zur Region „%(owner)s“, eingestellt ist „%(wanted)s“. "
        "Ändern Sie PORTAL_REGION, oder nehmen Sie für die neue Region eine eigene Datenbank: "
        "einen anderen Ordner in PORTAL_VAR oder eine andere DATABASE_URL."
    ) % {"owner": owner, "wanted": settings.REGION.slug}
