"""`manage.py restore FILE`: bring an archive of `backup` back, on an empty machine."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.operations.backup import BrokenArchive, CannotRestore, restore
from portal.serving.neighbours import must_answer


class Command(BaseCommand):
    """Restores database and uploaded files, all or nothing."""

    help = "Stellt Datenbank und hochgeladene Dateien aus einem Archiv wieder her. Das Portal darf dabei nicht laufen."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Declare the options."""
        parser.add_argument("archive", type=Path, help="Archiv, das `manage.py backup` geschrieben hat")
        parser.add_argument(
            "--replace", action="store_true", help="vorhandene Daten löschen; fragt nach dem Namen der Region"
        )

    def handle(self, *, archive, replace, **options):
        """Restore, or say in one sentence why not."""
        must_answer()
        if replace:
            self.confirm()
        try:
            restore(archive, replace=replace, say=self.stdout.write)
        except BrokenArchive as error:
            raise CommandError(f"{archive} {error}. Nichts wurde geändert.") from error
        except CannotRestore as error:
            raise CommandError(str(error)) from error

    def confirm(self):
        """Let people type what they are about to lose."""
        slug = settings.REGION.slug
        self.stdout.write(f"Alle Daten in dieser Datenbank und alle Dateien gehen verloren. Zur Bestätigung: {slug}")
        try:
            typed = input("> ")
        except EOFError:
            typed = ""
        if typed.strip() != slug:
            raise CommandError("Nicht bestätigt. Nichts wurde geändert.")
