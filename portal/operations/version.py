"""Which version of the portal this is, and whether the database is as it wants it."""

import tomllib
from functools import cache

from django.db.migrations.executor import MigrationExecutor

from portal.settings.environment import ROOT


@cache
def version() -> str:
    """Return the version that `pyproject.toml` names."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def pending(connection) -> int:
    """Return how many migrations the database lacks. Asking costs a tenth of running the command."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
