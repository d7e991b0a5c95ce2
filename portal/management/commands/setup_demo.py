"""`manage.py setup_demo`: load the examples into an empty database."""

from django.core.management.base import BaseCommand, CommandError

from portal.serving.demo import demo_is_missing, load_demo


class Command(BaseCommand):
    """Loads the demo: people to sign in as, the editors' pages, the examples of the plugins."""

    help = "Lädt die Beispiele in eine leere Datenbank. Nie für den echten Betrieb."

    def handle(self, **options):
        """Load the demo, or refuse when somebody already uses this database."""
        if not demo_is_missing():
            raise CommandError("In dieser Datenbank gibt es schon Personen; die Beispiele kommen nur in eine leere.")
        load_demo(say=self.stdout.write)
