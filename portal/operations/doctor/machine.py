"""Checks of this machine: disk, folders, static files."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from portal.operations.doctor.registry import Finding, check, error, good, warning

MEGABYTE = 1024 * 1024
LITTLE, NOTHING = 2048, 256
"""Free megabytes: a week's uploads; a day's."""


@check("Platz auf der Platte")
def disk() -> Finding:
    """A full disk takes no upload and no row."""
    free = shutil.disk_usage(settings.ENV.var).free // MEGABYTE
    mend = f"Aufräumen oder vergrößern: {settings.ENV.var}. Alte Sicherungen: --keep."
    if free < NOTHING:
        return error(f"Nur noch {free} MB frei.", mend)
    return warning(f"Nur noch {free} MB frei.", mend) if free < LITTLE else good(f"{free // 1024} GB frei")


@check("Ordner für Uploads")
def media() -> Finding:
    """Whether a file can be written where uploads go."""
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
    except OSError as failure:
        return error(f"In {folder} lässt sich nichts schreiben: {failure.strerror}.", f"chown -R portal: {folder}")
    return good("beschreibbar")


@check("Statische Dateien")
def static_files() -> Finding:
    """Whether style sheets and scripts were collected."""
    if settings.DEBUG or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return good("gesammelt")
    return error("Gestaltung und Skripte sind nicht gesammelt.", "manage.py prepare")
