"""The board of one person: every source that the person has the right to see, the most urgent first."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from regiokit.plugin import SOMETIME, SOON, URGENT, Waiting, active, load
from regiokit.waiting.finding import Asked, Found

URGENCIES = {URGENT: _("Dringend"), SOON: _("Bald"), SOMETIME: _("Bei Gelegenheit")}
LIMIT = 5

OWN = (
    Waiting(
        label=_("Wiederkehrende Aufgaben, die fehlschlagen"),
        found="regiokit.worker.waiting.failed_tasks",
        permission="regiokit.view_workerbeat",
        urgency=URGENT,
    ),
    Waiting(
        label=_("E-Mails, die nicht ankamen"),
        found="regiokit.mail.waiting.failed_mails",
        permission="regiokit.view_outboxmail",
        url_name="regiokit_outbox:index",
        query="state=failed",
        urgency=URGENT,
    ),
    Waiting(
        label=_("Organisationen zu prüfen"),
        found="regiokit.organisations.waiting.unverified",
        permission="regiokit.change_organisation",
        url_name="regiokit_organisations:index",
        query="verified=no",
        urgency=SOON,
    ),
)


@dataclass(frozen=True)
class Entry:
    """What one source found, with its heading and the address of the whole list."""

    label: str
    list_url: str
    found: Found

    @property
    def count(self) -> int:
        """How many there are, in own towns and elsewhere."""
        return self.found.total + self.found.elsewhere_total

    @property
    def more(self) -> bool:
        """Whether there are more than the lines show."""
        return self.count > len(self.found.lines) + len(self.found.elsewhere)


@dataclass(frozen=True)
class Board:
    """Entries by urgency; only those in which something waits."""

    groups: tuple[tuple[str, tuple[Entry, ...]], ...]

    @property
    def count(self) -> int:
        """How many things wait in all."""
        return sum(entry.count for _label, entries in self.groups for entry in entries)


def board_for(user, *, towns: frozenset[str] = frozenset()) -> Board:
    """Return what waits for this person: by the rights the person has, own `towns` (keys) first."""
    asked = Asked(user=user, towns=towns, limit=LIMIT)
    sources = [*OWN, *(source for plugin in active() for source in plugin.waiting)]
    sources.sort(key=lambda source: source.urgency)
    groups = []
    for urgency, members in groupby(sources, key=lambda source: source.urgency):
        entries = [_entry(source, asked) for source in members if user.has_perm(source.permission)]
        if entries := tuple(entry for entry in entries if entry.count):
            groups.append((URGENCIES[urgency], entries))
    return Board(tuple(groups))


def _entry(source: Waiting, asked: Asked) -> Entry:
    url = reverse(source.url_name) if source.url_name else ""
    return Entry(source.label, f"{url}?{source.query}" if source.query else url, load(source.found)(asked))
