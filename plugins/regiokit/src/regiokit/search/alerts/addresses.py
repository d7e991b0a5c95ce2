"""The addresses of a saved search. A plugin mounts them beside its list (`alerts.urls`), under its own namespace."""

from datetime import timedelta

from django.urls import reverse

from regiokit import conf, links
from regiokit.search.alerts.models import KEPT_DAYS, SavedSearch
from regiokit.search.contract import SearchSource
from regiokit.search.domain import sources

CONFIRM, MANAGE, STOP = "regiokit.alert.confirm", "regiokit.alert", "regiokit.alert.stop"
"""Purposes of links: one never opens what another is for."""

UNCONFIRMED_DAYS = 2
CONFIRM_LINK = timedelta(days=UNCONFIRMED_DAYS)
LINK = timedelta(days=KEPT_DAYS * 2)
"""Longer than a saved search lives: whether it is still there is what counts."""


def source_of(saved: SavedSearch) -> SearchSource | None:
    """Return the source of a saved search, or None when its plugin is not installed any more."""
    return next((source for source in sources() if source.key == saved.source), None)


def offers_alerts(source: SearchSource) -> bool:
    """Return whether a plugin mounts `alerts.urls` for this source: then its list stands in a namespace."""
    return ":" in source.list_url


def namespace(source: SearchSource) -> str:
    """Return the one word of the plugin that offers this source."""
    return source.list_url.partition(":")[0]


def confirm_url(saved: SavedSearch, *, rhythm: str) -> str:
    """Return the whole address that confirms."""
    return conf.absolute(_path(saved, "alert_confirm", links.sign(CONFIRM, [saved.pk, rhythm])))


def manage_path(saved: SavedSearch) -> str:
    """Return the path of the page on which a person looks after it."""
    return _path(saved, "alert", links.sign(MANAGE, saved.pk))


def stop_url(saved: SavedSearch) -> str:
    """Return the whole address that stops: a page for people, one POST for mail programs (RFC 8058)."""
    return conf.absolute(_path(saved, "alert_stop", links.sign(STOP, saved.pk)))


def list_path(source: SearchSource, params: str) -> str:
    """Return the path of the list with these parameters."""
    return f"{reverse(source.list_url)}?{params}" if params else reverse(source.list_url)


def of_source(source: SearchSource, name: str, *arguments: str) -> str:
    """Return the path of one of the pages that a plugin mounts."""
    return reverse(f"{namespace(source)}:{name}", args=arguments)


def _path(saved: SavedSearch, name: str, token: str) -> str:
    source = source_of(saved)
    if source is None:
        raise LookupError(f"no plugin offers {saved.source!r}")
    return of_source(source, name, token)
