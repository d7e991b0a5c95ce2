"""What plugins declare for editors' pages: live entries, doors and figures. Knows no plugin by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from regiokit.plugin import Door, Plugin, load

FIGURES_SECONDS = 600
"""How long counted figures are kept, in seconds: they are shown to everybody and need not be of this minute."""


@dataclass(frozen=True)
class LiveSection:
    """Live entries of one plugin, ready to be drawn by its own template."""

    title: str
    entries: list[Any]
    template: str
    more_url: str
    more_label: str


def section(app: str, *, title: str = "", town: str = "", limit: int = 3) -> LiveSection | None:
    """Return up to `limit` live entries of the plugin, or None when it is not enabled or offers none.

    `town` is an AGS, or empty for the whole county; `title` replaces the plugin's own.
    """
    declared = next((plugin.live for plugin in settings.PLUGINS if plugin.app == app), None)
    if declared is None:
        return None
    return LiveSection(
        title=title or declared.label,
        entries=list(load(declared.entries)(town=town, limit=limit)),
        template=declared.template,
        more_url=reverse(declared.more_url_name),
        more_label=declared.more_label,
    )


def in_order(addresses: list[str]) -> list[Plugin]:
    """Return the enabled plugins in the order in which the menu's `addresses` lead to them, the others behind."""

    def position(plugin: Plugin) -> int:
        mine = (number for number, address in enumerate(addresses) if address.startswith(f"/{plugin.prefix}"))
        return next(mine, len(addresses))

    return sorted(settings.PLUGINS, key=position)


def sections(plugins: Iterable[Plugin], *, limit: int = 3) -> list[LiveSection]:
    """Return the live entries of those plugins that have some now."""
    found = (section(plugin.app, limit=limit) for plugin in plugins)
    return [part for part in found if part and part.entries]


def doors(plugins: Iterable[Plugin]) -> list[dict]:
    """Return the doors of these plugins as title, text and url."""
    return [_door(door) for plugin in plugins for door in plugin.doors]


def _door(door: Door) -> dict:
    return {"title": door.title, "text": door.text, "url": reverse(door.url_name)}


def figures(plugins: Iterable[Plugin]) -> list[dict]:
    """Return what the plugins count as label and number, without figures that are still 0."""
    declared = [figure for plugin in plugins for figure in plugin.figures]
    numbers = cache.get_or_set(
        "editorial.figures", lambda: {figure.count: load(figure.count)() for figure in declared}, FIGURES_SECONDS
    )
    counted = ((figure.label, numbers.get(figure.count, 0)) for figure in declared)
    return [{"label": label, "number": number} for label, number in counted if number]
