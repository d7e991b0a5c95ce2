"""Checks of the region: its database is its own, its profile is filled in."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from portal.region.belonging import ForeignDatabase, must_be_ours
from portal.region.gaps import GAP, unfilled


@register(Tags.database)
def database_belongs_to_region(app_configs, databases=None, **kwargs):
    """Refuse a database that was made for another region; runs with `migrate` and with `check --database default`."""
    if "default" not in (databases or ()):
        return []
    try:
        must_be_ours()
    except ForeignDatabase as error:
        return [Error(str(error), id="region.E001")]
    return []


@register(Tags.security)
def profile_is_filled_in(app_configs, **kwargs):
    """Refuse to start in production while the profile has gaps that `new_region` marked; warn elsewhere."""
    lines = unfilled(settings.REGION.slug)
    if not lines:
        return []
    severity = Error if settings.MODE == "production" else Warning
    return [
        severity(
            f"portal/region/profiles/{settings.REGION.slug}.toml is not filled in; see its lines "
            f"{', '.join(map(str, lines))}.",
            hint=f"Write what is true for the county and take the word {GAP} away, also from comments.",
            id="region.E002",
        )
    ]
