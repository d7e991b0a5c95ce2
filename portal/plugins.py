"""Finds the installed plugins by entry point and narrows them to those that are enabled.

Three levels that must not mix: installed (pip), enabled (`PORTAL_PLUGINS`), configured (per-site settings in the admin).
"""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from regiokit.plugin import Plugin, PluginError

GROUP = "regiokit.plugins"


def discover(enabled: str | None, *, group: str = GROUP) -> tuple[Plugin, ...]:
    """Return the declarations of all enabled plugins, in the order of their names.

    `enabled` is the value of `PORTAL_PLUGINS`: None means every installed plugin, an empty text means none, otherwise
    names separated by commas. Raises `PluginError` when a name is not installed or a declaration is wrong.
    """
    installed = _installed(group)
    if enabled is None:
        names = sorted(installed)
    else:
        names = sorted({name.strip() for name in enabled.split(",") if name.strip()})
    unknown = [name for name in names if name not in installed]
    if unknown:
        known = ", ".join(sorted(installed)) or "none"
        raise PluginError(f"PORTAL_PLUGINS names {', '.join(unknown)}, which is not installed. Installed: {known}.")
    return tuple(_declaration(installed[name]) for name in names)


@cache
def _installed(group: str) -> dict[str, EntryPoint]:
    """Return what is installed, by name: nothing comes or goes while a process runs, and forms ask for each field."""
    return {point.name: point for point in entry_points(group=group)}


def _declaration(point) -> Plugin:
    declaration = point.load()
    if not isinstance(declaration, Plugin):
        raise PluginError(
            f"The entry point {point.name} must name a regiokit.plugin.Plugin, but names {declaration!r}."
        )
    if declaration.app != point.name:
        raise PluginError(
            f"The entry point {point.name} names the plugin {declaration.app}; both must be the same word."
        )
    return declaration
