"""The mails of saved searches. Called by the verbs, inside their transactions."""

from django.utils.translation import gettext as _

from regiokit import conf, mail
from regiokit.search.alerts import addresses
from regiokit.search.alerts.lines import EntryLine
from regiokit.search.alerts.models import Rhythm, SavedSearch
from regiokit.search.contract import SearchSource

SHOWN = 20
"""Entries that one mail lists; the list itself has the rest."""


def confirm(saved: SavedSearch, *, rhythm: str) -> None:
    """Ask the address whether it wants mails."""
    _send(
        saved,
        "alert_confirm",
        rhythm=Rhythm(rhythm).label,
        days=addresses.UNCONFIRMED_DAYS,
        button_label=_("Benachrichtigung bestätigen"),
        button_url=addresses.confirm_url(saved, rhythm=rhythm),
    )


def found(saved: SavedSearch, source: SearchSource, lines: list[EntryLine]) -> None:
    """Name the new entries."""
    _send(
        saved,
        "alert_found",
        headers=_unsubscribe(saved),
        news=source.news(len(lines)),
        lines=lines[:SHOWN],
        more=max(0, len(lines) - SHOWN),
        button_label=_("Alles dazu im Portal ansehen"),
        button_url=conf.absolute(addresses.list_path(source, saved.params)),
        **_ways_out(saved),
    )


def ends_soon(saved: SavedSearch) -> None:
    """Ask whether to go on, before the saved search is deleted."""
    _send(
        saved,
        "alert_ends",
        headers=_unsubscribe(saved),
        button_label=_("Benachrichtigung verlängern"),
        button_url=conf.absolute(addresses.manage_path(saved)),
        **_ways_out(saved),
    )


def _ways_out(saved: SavedSearch) -> dict:
    return {
        "manage_url": conf.absolute(addresses.manage_path(saved)),
        "stop_url": addresses.stop_url(saved),
    }


def _unsubscribe(saved: SavedSearch) -> dict[str, str]:
    """Return the headers by which a mail program offers to stop with one click (RFC 2369, RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{addresses.stop_url(saved)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _send(saved: SavedSearch, template: str, *, headers: dict | None = None, **context) -> None:
    mail.queue(f"regiokit/search/mail/{template}", to=saved.email, context={"saved": saved, **context}, headers=headers)
