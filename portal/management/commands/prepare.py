"""`manage.py prepare`: bring database, places and static files up to date, once, before anything of a new version starts."""

from django.core.management.base import BaseCommand

from portal.serving.neighbours import must_answer
from portal.serving.preparation import prepare


class Command(BaseCommand):
    """Does what `serve` does before it serves; running it again, or several at once, changes nothing."""

    help = "Bringt Datenbank, Orte und statische Dateien auf den Stand dieser Version."
    requires_system_checks = []

    def handle(self, **options):
        """Prepare without examples."""
        must_answer()
        prepare(demo=False, say=self.stdout.write)
        self.stdout.write("Alles ist auf dem Stand dieser Version.")
