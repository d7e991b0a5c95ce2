"""Region files: one small JSON a county, packaged with regiokit, loaded into the tables of `places.models`.

How a file is made and what its fields mean: docs/region-data.md.
"""

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from regiokit.places.models import Municipality, PostalCode

TOWN_ROW = ["ags", "name", "kind", "lat", "lon", "outline"]
CODE_ROW = ["code", "ags", "lat", "lon"]


class UnknownRegion(LookupError):
    """No region file has this name; the message lists those there are."""


@dataclass(frozen=True, slots=True)
class Region:
    """The content of a region file. `bbox` is (lon_min, lat_min, lon_max, lat_max) in degrees."""

    slug: str
    name: str
    ags: str
    land: str
    licences: tuple[dict[str, str], ...]
    bbox: tuple[float, float, float, float]
    municipalities: tuple[dict[str, Any], ...]
    postal_codes: tuple[dict[str, Any], ...]


def known_regions() -> list[str]:
    """Return the slugs of all packaged region files, sorted."""
    names = (entry.name for entry in resources.files("regiokit.places").joinpath("data").iterdir())
    return sorted(name.removesuffix(".json") for name in names if name.endswith(".json"))


def read_region(slug: str, *, path: Path | str | None = None) -> Region:
    """Return the packaged region `slug`, or the one in the file `path`.

    Raises UnknownRegion when neither exists, ValueError when the file is not a region file.
    """
    if path is not None:
        source = Path(path)
    elif slug in (known := known_regions()):
        source = resources.files("regiokit.places").joinpath("data", f"{slug}.json")
    else:
        message = _("Die Region „%(slug)s“ ist nicht bekannt. Bekannt sind: %(known)s.")
        raise UnknownRegion(message % {"slug": slug[:60], "known": ", ".join(known)})
    try:
        content = json.loads(source.read_text(encoding="utf-8"))
        region = Region(**{key: tuple(value) if isinstance(value, list) else value for key, value in content.items()})
        _check(region)
    except OSError as error:
        raise UnknownRegion(_("Die Datei „%(path)s“ ist nicht lesbar.") % {"path": path}) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(_("„%(path)s“ ist keine Regionsdatei: %(why)s") % {"path": source, "why": error}) from error
    return region


def _check(region: Region) -> None:
    """Raise KeyError or ValueError for rows without the fields that are stored, and for codes of foreign towns."""
    towns = {row["ags"] for row in region.municipalities for field in TOWN_ROW if row[field] is not None}
    strangers = {row["ags"] for row in region.postal_codes for field in CODE_ROW if row[field] is not None} - towns
    if strangers or any(not ags.startswith(region.ags) for ags in towns):
        raise ValueError(f"AGS outside {region.ags}: {sorted(strangers)}")


def load_region(slug: str, *, path: Path | str | None = None) -> Region:
    """Write the towns and postal codes of a region to the database, all or nothing, and return the region.

    Runs again without harm: nothing is written when all is up to date. Postal codes that left the file are deleted;
    towns that left it stay, because other rows may point to them. Raises as `read_region` does.
    """
    region = read_region(slug, path=path)
    towns = [
        Municipality(county_ags=region.ags, **{field: row[field] for field in TOWN_ROW})
        for row in region.municipalities
    ]
    codes = [
        PostalCode(code=row["code"], municipality_id=row["ags"], lat=row["lat"], lon=row["lon"])
        for row in region.postal_codes
    ]
    with transaction.atomic():
        stored = Municipality.objects.filter(county_ags=region.ags)
        _write(towns, unique=["ags"], update=["county_ags", *TOWN_ROW[1:]], known=stored)
        stored = PostalCode.objects.filter(municipality__county_ags=region.ags)
        _write(codes, unique=["code", "municipality"], update=["lat", "lon"], known=stored)
        wanted = {(code.code, code.municipality_id) for code in codes}
        gone = [row.pk for row in stored if (row.code, row.municipality_id) not in wanted]
        if gone:
            PostalCode.objects.filter(pk__in=gone).delete()
    return region


def _write(rows: list[models.Model], *, unique: list[str], update: list[str], known: models.QuerySet) -> None:
    """Insert or update those rows that differ from what is stored."""
    if not rows:
        return

    def facts(row: models.Model) -> tuple:
        return tuple(getattr(row, row._meta.get_field(field).attname) for field in unique + update)

    stored = [facts(row) for row in known]
    changed = [row for row in rows if facts(row) not in stored]
    if changed:
        rows[0]._meta.model.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=unique, update_fields=update, batch_size=200
        )
