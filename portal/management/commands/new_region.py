"""`manage.py new_region 01053`: make the skeleton of a county's portal and say what a person must fill in."""

import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.region.county_sources import SourceError, Sources, UnknownCounty, fetch, find_county
from portal.region.founding import AlreadyThere, found, write

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BY_HAND = (
    "Die Grenzen sind von 2017: Vergleichen Sie die Liste der Gemeinden mit der heutigen (docs/region-data.md).",
    "Lassen Sie den Abschnitt [law] vom Rechtsamt bestätigen.",
    "Farben und Wortmarke sind neutral: themes/{slug}/ anpassen, jedes Farbpaar auf Kontrast prüfen.",
    "Die Beispiele sind leer: fixtures/{slug}/ füllen, oder gleich mit echten Inhalten beginnen.",
)


class Command(BaseCommand):
    """Writes profile, places, theme and fixtures of one county; overwrites nothing."""

    help = "Legt die Dateien für einen Kreis an: Profil, Orte, Theme, leere Beispiele. Der Kreisschlüssel hat fünf Ziffern."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Declare the arguments."""
        parser.add_argument("ags", help="Kreisschlüssel, zum Beispiel 01053")
        parser.add_argument(
            "--slug", default="", help="Name der Region in Dateien und PORTAL_REGION; sonst der des Kreises"
        )
        parser.add_argument("--sources", type=Path, help="Ordner mit den drei Paketen; sonst werden sie geholt (70 MB)")
        parser.add_argument("--root", type=Path, default=settings.ROOT, help="Ordner, in den geschrieben wird")

    def handle(self, *, ags, slug, sources, root, **options):
        """Make the region, or say in a sentence why not."""
        if slug and not SLUG.fullmatch(slug):
            raise CommandError(f"--slug {slug!r}: nur kleine Buchstaben a bis z, Ziffern und Bindestriche.")
        try:
            with tempfile.TemporaryDirectory() as work:
                where = Sources.inside(sources) if sources else fetch(Path(work), say=self.say)
                county = find_county(ags, sources=where)
                self.say(f"Lese die Gemeinden von {county.kind} {county.name} …")
                region = found(county, sources=where, root=root, slug=slug)
        except (SourceError, UnknownCounty, AlreadyThere) as error:
            raise CommandError(str(error)) from error
        write(region)
        self.report(region, root)

    def report(self, region, root):
        """Say what was made and what is left to do."""
        towns, codes = region.places["municipalities"], {row["code"] for row in region.places["postal_codes"]}
        self.say(f"\n{region.places['name']}: {len(towns)} Gemeinden, {len(codes)} Postleitzahlen.\n\nAngelegt:")
        for path in region.files:
            self.say(f"  {path.relative_to(root)}")
        self.say(f"\nDas füllt ein Mensch aus, in portal/region/profiles/{region.slug}.toml:")
        for gap in region.gaps:
            self.say(f"  {gap}")
        self.say("\nUnd außerdem:")
        for line in BY_HAND:
            self.say(f"  - {line.format(slug=region.slug)}")
        if region.towns_without_code:
            self.say(f"  - Ohne Postleitzahl: {', '.join(region.towns_without_code)}.")
        self.say(f"\nStarten: PORTAL_REGION={region.slug} PORTAL_VAR=var/{region.slug} make run")

    def say(self, line):
        """Print at once."""
        self.stdout.write(line)
        self.stdout.flush()
