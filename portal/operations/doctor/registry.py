"""All checks of the doctor, and how they are run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How bad it is; also the exit status of the command."""

    GOOD = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True)
class Finding:
    """What a check found: `text` says what is the case, `mend` what helps; both German, without personal data."""

    level: Level
    text: str
    mend: str = ""


@dataclass(frozen=True)
class Check:
    """One check: `title` is German; `database` tells that it can only be made while the database answers."""

    name: str
    title: str
    run: Callable[[], Finding]
    database: bool


CHECKS: list[Check] = []
DATABASE = "database"
"""The check whose failure makes all that ask the database pointless."""
TABLES = "migrations"
"""The check whose failure explains why others that ask the database cannot be made."""


def check(title: str, *, database: bool = False):
    """Register a function without arguments that returns a `Finding`; its name is the check's."""

    def register(function):
        CHECKS.append(Check(function.__name__, title, function, database))
        return function

    return register


def good(text: str) -> Finding:
    """All is well."""
    return Finding(Level.GOOD, text)


def warning(text: str, mend: str) -> Finding:
    """Somebody should look at it soon."""
    return Finding(Level.WARNING, text, mend)


def error(text: str, mend: str) -> Finding:
    """It does not work, or must not go on like this."""
    return Finding(Level.ERROR, text, mend)


def examine() -> Iterator[tuple[Check, Finding]]:
    """Run every check and yield what it found; one that raises is an error of its own and holds up nothing."""
    reachable = up_to_date = True
    for entry in CHECKS:
        if entry.database and not reachable:
            continue
        try:
            found = entry.run()
        except Exception as failure:
            if entry.database and not up_to_date:
                continue
            # The doctor is asked when things are broken: every other check must still be made.
            found = error(
                f"Diese Prüfung ist selbst gescheitert: {type(failure).__name__}.",
                "Sehen Sie in das Protokoll des Portals.",
            )
        if entry.name == DATABASE and found.level is Level.ERROR:
            reachable = False
        if entry.name == TABLES and found.level is Level.ERROR:
            up_to_date = False
        yield entry, found
