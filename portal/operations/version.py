"""Which version of the portal this is."""

import tomllib
from functools import cache

from portal.settings.environment import ROOT


@cache
def version() -> str:
    """Return the version that `pyproject.toml` names."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
