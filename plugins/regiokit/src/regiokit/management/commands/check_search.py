"""`manage.py check_search`: compares every entry of every engine with what is live."""

import sys

from django.core.management.base import BaseCommand

from regiokit.search import domain
from regiokit.search.engines import EngineDown, choice


class Command(BaseCommand):
    """Find what differs, and with `--repair` mend it; ends with 1 when something stays wrong."""

    help = "Compares the search with what is live; --repair writes anew what differs. Ends with 1 when drift stays."

    def add_arguments(self, parser):
        """Add `--repair`."""
        parser.add_argument("--repair", action="store_true", help="write anew what differs")

    def handle(self, *, repair, **options):
        """Look through all sources in all engines."""
        wrong = 0
        for engine in choice.kept():
            for source in domain.sources():
                wrong += self._look(engine, source, repair=repair)
        if wrong:
            sys.exit(1)

    def _look(self, engine, source, *, repair: bool) -> int:
        """Return how much stays wrong; an engine that does not answer counts as one."""
        name = f"{source.key} ({engine.name})"
        try:
            found = self._differing(engine, source)
            if found and repair:
                domain.mend(engine, source)
                left = self._differing(engine, source)
                self.stdout.write(f"{name}: {found} differed, {left} stay")
                return left
        except EngineDown as failure:
            self.stderr.write(f"{name}: the engine does not answer: {failure}")
            return 1
        self.stdout.write(f"{name}: {f'{found} differ' if found else 'all right'}")
        return found

    def _differing(self, engine, source) -> int:
        """An index of another analyser is wrong as a whole."""
        return len(engine.differing(source)) if engine.up_to_date(source) else 1
