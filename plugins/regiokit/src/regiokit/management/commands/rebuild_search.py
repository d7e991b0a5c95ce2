"""`manage.py rebuild_search`: writes the search entries of all sources anew."""

from django.core.management.base import BaseCommand

from regiokit.search import domain


class Command(BaseCommand):
    """Rebuild every search source, or those of one plugin."""

    help = "Writes the search entries anew, for all plugins or for one."

    def add_arguments(self, parser):
        """Add the optional name of a plugin."""
        parser.add_argument("plugin", nargs="?", default="")

    def handle(self, *, plugin, **options):
        """Rebuild and say how many entries each source has."""
        for source in domain.sources():
            if source.key.startswith(plugin):
                self.stdout.write(f"{source.key}: {domain.rebuild(source)}")
