"""Everything that must be ready before the first request, each step in this process and only when something changed."""

import hashlib
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from portal.operations.alone import alone
from portal.operations.version import pending
from portal.region.belonging import ForeignDatabase, claim, must_be_ours
from portal.serving.demo import demo_is_missing, load_demo


def prepare(*, demo: bool, say) -> None:
    """Check the project, migrate, load places and demo, collect static files. `say` takes lines for people.

    Several may ask at once, on one machine or on two: one prepares, the others wait and find everything done.
    """
    with alone():
        _prepare(demo=demo, say=say)


def _prepare(*, demo: bool, say) -> None:
    with timed("Einstellungen prüfen", say):
        call_command("check", stdout=StringIO())
    own_database(must_be_ours)
    if pending(connection):
        with timed("Datenbank einrichten", say):
            call_command("migrate", interactive=False, verbosity=0)
    own_database(claim)
    with timed("Orte der Region laden", say):
        call_command("load_places", settings.REGION.slug, verbosity=0, stdout=StringIO())
    if demo and demo_is_missing():
        load_demo(say=say)
    if not settings.DEBUG:
        collect_static(say=say)


def own_database(verb) -> None:
    """Run `must_be_ours` or `claim`. Raises CommandError with its sentence."""
    try:
        verb()
    except ForeignDatabase as error:
        raise CommandError(str(error)) from error


def collect_static(*, say) -> None:
    """Collect and compress static files when their sources differ from the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp, now = root.with_name(root.name + ".stamp"), static_digest()
    if root.is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    with timed("Statische Dateien sammeln und komprimieren", say):
        call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)


def static_digest() -> str:
    """Return a hash over names, sizes and times of all static files of the installed apps and the theme."""
    total = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            total.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return total.hexdigest()


@contextmanager
def timed(title: str, say):
    """Say what was done and how many seconds it took, when that was more than a blink."""
    began = time.monotonic()
    yield
    seconds = time.monotonic() - began
    if seconds >= 0.5:
        say(f"{title}: {seconds:.1f} s".replace(".", ","))
