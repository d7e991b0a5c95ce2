"""Which engines this site keeps, and which of them answers."""

from importlib import import_module

from regiokit import conf
from regiokit.search.engines import Engine, database

OTHERS = {"elasticsearch": "regiokit.search.engines.elastic"}
"""Engines beside the database, by name; imported only where the settings name them."""


def kept() -> tuple[Engine, ...]:
    """Return all engines that are kept up to date, the database first: the others take words and completions from it."""
    chosen = preferred()
    return (database,) if chosen is database else (database, chosen)


def preferred() -> Engine:
    """Return the engine that answers while it can."""
    path = OTHERS.get(conf.search_engine())
    return import_module(path) if path else database
