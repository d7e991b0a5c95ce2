"""Retention: one rule for each kind of personal data, kept by the worker (DSGVO Art. 5 (1) e, DIN 66398)."""

import logging
from datetime import timedelta

from django.utils import timezone

from regiokit.plugin import RetentionRule, active, load

log = logging.getLogger(__name__)

OWN = (
    RetentionRule(
        what="E-Mails im Postausgang",
        begins="nach dem Schreiben der E-Mail",
        days=30,
        erase="regiokit.mail.sending.erase",
    ),
    RetentionRule(
        what="Benachrichtigungen über neue Einträge, die nicht bestätigt wurden",
        begins="nach dem Absenden",
        days=2,
        erase="regiokit.search.alerts.retention.erase_unconfirmed",
    ),
    RetentionRule(
        what="Benachrichtigungen über neue Einträge mit Suche und E-Mail-Adresse",
        begins="nach dem Bestätigen oder Verlängern",
        days=183,
        erase="regiokit.search.alerts.retention.erase_ended",
    ),
    RetentionRule(
        what="Welche Einträge eine Benachrichtigung genannt hat",
        begins="nach dem Schreiben der E-Mail",
        days=30,
        erase="regiokit.search.alerts.retention.erase_finds",
    ),
    RetentionRule(
        what="Frühere Fassungen von Einträgen, die weder öffentlich noch die neueste sind",
        begins="nach dem Speichern der Fassung",
        days=730,
        erase="regiokit.listings.retention.erase_old_versions",
    ),
    RetentionRule(
        what="Hochgeladene Bilder, die in keinem Eintrag mehr stehen",
        begins="nach dem Hochladen",
        days=7,
        erase="regiokit.listings.retention.erase_unused_pictures",
    ),
    RetentionRule(
        what="Organisationen, für die niemand mehr handelt und zu denen es keine Einträge gibt",
        begins="nach dem Anlegen",
        days=365,
        erase="regiokit.organisations.retention.erase_abandoned",
    ),
    RetentionRule(
        what="Einladungen in eine Organisation, angenommen oder nicht",
        begins="nach dem letzten Senden",
        days=90,
        erase="regiokit.organisations.retention.erase_invitations",
    ),
    RetentionRule(
        what="Frühere Entscheidungen darüber, ob eine Organisation geprüft ist",
        begins="nach der Entscheidung, wenn es eine neuere gibt",
        days=1825,
        erase="regiokit.organisations.retention.erase_decisions",
    ),
    RetentionRule(
        what="Protokoll, wer an einer Organisation was geändert hat",
        begins="nach dem Eintrag",
        days=1095,
        erase="regiokit.organisations.retention.erase_log",
    ),
    RetentionRule(
        what="Wörter, zu denen die Suche nichts fand, ohne Angaben zu Personen",
        begins="nach dem Tag der Suche",
        days=365,
        erase="regiokit.search.misses.erase",
    ),
)


class RetentionFailed(Exception):
    """Some rules could not be kept; the message names them. All others were."""


def rules() -> tuple[RetentionRule, ...]:
    """Return every rule in force: the library's own, then those of the plugins among the installed apps."""
    return OWN + tuple(rule for plugin in active() for rule in plugin.retention)


def erase_expired(*, now=None) -> dict[str, int]:
    """Erase everything whose period is over; returns the number of rows by rule. A second run finds nothing.

    Raises `RetentionFailed` after the last rule when one or more failed.
    """
    now = now or timezone.now()
    counts, failed = {}, []
    for rule in rules():
        try:
            counts[rule.what] = load(rule.erase)(before=now - timedelta(days=rule.days))
        except Exception:
            # One rule that fails must not keep everybody else's data.
            log.exception("retention: %r could not be erased", rule.what)
            failed.append(rule.what)
            continue
        if counts[rule.what]:
            log.info("retention: %s rows of %r erased", counts[rule.what], rule.what)
    if failed:
        raise RetentionFailed(", ".join(failed))
    return counts
