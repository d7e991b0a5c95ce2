"""`manage.py rebuild_search`: writes the search entries of all sources anew, beside the ones that answer meanwhile."""

from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from regiokit.search import domain
from regiokit.search.engines import EngineDown, choice

EVERY_SECONDS = 5


class Command(BaseCommand):
    """Rebuild every search source, or those of one plugin, in every engine or in one."""

    help = "Writes the search entries anew, for all plugins or for one; searches go on meanwhile."

    def add_arguments(self, parser):
        """Add the optional names of a plugin and of an engine."""
        parser.add_argument("plugin", nargs="?", default="")
        parser.add_argument("--engine", default="", help="only this engine: database or elasticsearch")

    def handle(self, *, plugin, engine, **options):
        """Rebuild and say how many entries each source has."""
        names = [kept.name for kept in choice.kept()]
        if engine and engine not in names:
            raise CommandError(f"This site has no engine {engine!r}; it has {', '.join(names)}.")
        chosen = [source for source in domain.sources() if source.key.startswith(plugin)]
        if not chosen:
            raise CommandError(f"No search source begins with {plugin!r}.")
        for source in chosen:
            for name in [engine] if engine else names:
                self._rebuild(source, name, expected=domain.number_of_entries(source) if options["verbosity"] else 0)

    def _rebuild(self, source, engine: str, *, expected: int) -> None:
        progress = Progress(self.stdout, f"{source.key} ({engine})", expected)
        try:
            number = domain.rebuild(source, engine=engine, progress=progress)
        except EngineDown as failure:
            raise CommandError(f"{engine} does not answer: {failure}") from failure
        self.stdout.write(f"{source.key}: {number} ({engine})")


class Progress:
    """Says now and then how far a rebuild is; `expected` is how many entries there were before."""

    def __init__(self, out, name: str, expected: int):
        self._out, self._name, self._expected = out, name, expected
        self._began = self._said = monotonic()

    def __call__(self, done: int) -> None:
        """Take the number of entries that are done."""
        now = monotonic()
        if now - self._said < EVERY_SECONDS:
            return
        self._said = now
        rate = done / (now - self._began)
        rest = f", {(self._expected - done) / rate:.0f} s remain" if self._expected > done else ""
        self._out.write(f"{self._name}: {done} entries, {rate:.0f} a second{rest}")
