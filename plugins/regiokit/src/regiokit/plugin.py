"""How a plugin declares itself: strings and numbers only, importable before Django is set up.

A plugin holds one `plugin = Plugin(...)` in its module `plugin.py` and names it in the entry-point group
`regiokit.plugins`. Hosts read nothing else of a plugin. Dotted paths ("ehrenamt.search.source") are loaded with `load`
when they are needed.
"""

import re
from dataclasses import dataclass
from importlib import import_module

_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_DOTTED = re.compile(r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$")
URGENT, SOON, SOMETIME = 1, 2, 3
"""How soon somebody should see to what waits."""

_PREFIX = re.compile(r"^[a-z][a-z0-9-]*/$")


class PluginError(ValueError):
    """A plugin is missing or its declaration is wrong; the message says which and how to mend it."""


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """An entry that a host may offer: `label` (German), `url_name` with namespace, and the `area` it belongs to.

    Areas: "public" (main menu), "account" (start page of signed-in people).
    """

    label: str
    url_name: str
    area: str = "public"
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class LiveBlock:
    """Live entries for an editor's page: `entries` is a dotted path to `callable(*, town: str, limit: int) -> list`,

    `template` draws them and gets them as `entries`; `more_url_name` leads to the whole list. `town` is an AGS or empty.
    """

    label: str
    entries: str
    template: str
    more_url_name: str
    more_label: str


@dataclass(frozen=True, kw_only=True)
class Door:
    """A large link of a home page: where people of one intent go."""

    title: str
    text: str
    url_name: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure that the plugin itself counts: `count` is a dotted path to `callable() -> int`."""

    label: str
    count: str


@dataclass(frozen=True, kw_only=True)
class PeriodicTask:
    """Something the worker does again and again: `run` is a dotted path to `callable() -> object`."""

    run: str
    every_minutes: int


@dataclass(frozen=True, kw_only=True)
class RetentionRule:
    """One rule for one kind of personal data (DIN 66398: a start event and a period).

    `what` and `begins` are German texts for the privacy page, `days` the period, `erase` a dotted path to
    `callable(*, before: datetime) -> int` that erases everything whose start event lies before that moment (UTC).
    """

    what: str
    begins: str
    days: int
    erase: str


@dataclass(frozen=True, kw_only=True)
class Desk:
    """People on the staff who look after this plugin alone: `title` names their group, `text` says what they do (German).

    `permissions` are codenames of the plugin's own models ("view_offer"). They approve its entries beside the moderators.
    """

    title: str
    text: str
    permissions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits for staff: `label` (German) is its heading, `found` a dotted path to

    `callable(asked: regiokit.waiting.Asked) -> regiokit.waiting.Found`, called for people with `permission`
    ("ehrenamt.change_offer"). `url_name` with `query` ("state=failed") leads to the whole list.
    """

    label: str
    found: str
    permission: str
    url_name: str = ""
    query: str = ""
    urgency: int = SOON


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """The declaration of one plugin. Checked when it is read; raises `PluginError`.

    `app` is the one word for package, app label, URL namespace, template folder and entry point; `prefix` where a host
    mounts `urls` ("ehrenamt/"); `api` a dotted path to a django-ninja router or empty; `search_sources` dotted paths to
    `regiokit.search.SearchSource`; `sitemap` a dotted path to a Django sitemap class; `demo` one to
    `callable(folder: pathlib.Path) -> None` that loads examples; `health` one to `callable() -> str | None` that returns
    what is wrong.
    """

    app: str
    title: str
    urls: str
    prefix: str
    api: str = ""
    sitemap: str = ""
    demo: str = ""
    health: str = ""
    menu: tuple[MenuEntry, ...] = ()
    doors: tuple[Door, ...] = ()
    figures: tuple[Figure, ...] = ()
    live: LiveBlock | None = None
    search_sources: tuple[str, ...] = ()
    retention: tuple[RetentionRule, ...] = ()
    periodic: tuple[PeriodicTask, ...] = ()
    desk: Desk | None = None
    waiting: tuple[Waiting, ...] = ()

    def __post_init__(self):
        if not _NAME.match(self.app):
            raise PluginError(f"The plugin name {self.app!r} must be one lower-case word.")
        if not _PREFIX.match(self.prefix):
            raise PluginError(f"{self.app}: the prefix {self.prefix!r} must look like 'ehrenamt/'.")
        for field, path in self._paths():
            if not _DOTTED.match(path):
                raise PluginError(f"{self.app}: {field} = {path!r} is not a dotted path.")
            if path.split(".")[0] != self.app:
                raise PluginError(f"{self.app}: {field} = {path!r} leads out of the plugin.")
        for rule in self.retention:
            if rule.days < 1:
                raise PluginError(f"{self.app}: the retention of {rule.what!r} must be at least one day.")
        for task in self.periodic:
            if task.every_minutes < 1:
                raise PluginError(f"{self.app}: {task.run} must not run more often than every minute.")

    def _paths(self):
        yield "urls", self.urls
        for field in ("api", "sitemap", "demo", "health"):
            if getattr(self, field):
                yield field, getattr(self, field)
        yield from (("search_sources", path) for path in self.search_sources)
        yield from (("figures", figure.count) for figure in self.figures)
        yield from (("retention", rule.erase) for rule in self.retention)
        yield from (("periodic", task.run) for task in self.periodic)
        yield from (("waiting", source.found) for source in self.waiting)
        if self.live:
            yield "live", self.live.entries


def load(path: str):
    """Return the object that the dotted path names. Raises ImportError or AttributeError as they are, never hides them."""
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)


def active() -> tuple[Plugin, ...]:
    """Return the declarations of the plugins among the installed apps of this Django project."""
    from django.apps import apps
    from django.utils.module_loading import module_has_submodule

    found = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "plugin"):
            declaration = getattr(import_module(f"{config.name}.plugin"), "plugin", None)
            if isinstance(declaration, Plugin):
                found.append(declaration)
    return tuple(found)
