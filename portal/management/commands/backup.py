"""`manage.py backup`: write everything into one archive, while the portal runs."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.operations.backup import CannotSave, save


class Command(BaseCommand):
    """Saves database and uploaded files; `restore` brings them back."""

    help = "Sichert Datenbank und hochgeladene Dateien in ein Archiv. SECRET_KEY und andere Einstellungen sind nicht darin."

    def add_arguments(self, parser):
        """Declare the options."""
        folder = settings.ENV.var / "backups"
        parser.add_argument("--to", type=Path, default=folder, help=f"Ordner oder Datei.tar.gz; sonst {folder}")
        parser.add_argument(
            "--keep", type=int, default=0, help="nur die neuesten so vielen Archive des Ordners behalten"
        )

    def handle(self, *, to, keep, **options):
        """Save, or say in one sentence why not."""
        if keep < 0:
            raise CommandError("--keep muss 0 (alle behalten) oder größer sein.")
        try:
            save(to, keep=keep, say=self.stdout.write)
        except CannotSave as error:
            raise CommandError(str(error)) from error
