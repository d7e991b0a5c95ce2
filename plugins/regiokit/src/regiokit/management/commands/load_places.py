"""`manage.py load_places <region>`: write a region's towns and postal codes to the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regiokit.places.region import UnknownRegion, known_regions, load_region


class Command(BaseCommand):
    """Load one region; running it again changes nothing."""

    help = _("Lädt die Gemeinden und Postleitzahlen einer Region.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the region's name and, for a file outside the package, its path."""
        parser.add_argument("region", help=_("Name der Region: %(known)s") % {"known": ", ".join(known_regions())})
        parser.add_argument("--path", help=_("Regionsdatei, wenn sie nicht mitgeliefert ist"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the region and say what it holds."""
        try:
            region = load_region(options["region"], path=options["path"])
        except (UnknownRegion, ValueError) as error:
            raise CommandError(str(error)) from error
        message = _("%(name)s: %(towns)d Gemeinden, %(codes)d Postleitzahlen.") % {
            "name": region.name,
            "towns": len(region.municipalities),
            "codes": len({row["code"] for row in region.postal_codes}),
        }
        self.stdout.write(message)
