"""Checks of the settings."""

import os
import stat
from urllib.parse import urlsplit

from django.conf import settings

from portal.duties.placeholders import placeholders
from portal.operations.doctor.registry import Finding, check, error, good, warning
from portal.settings.environment import VARIABLES

FEWEST_SIGNS = 20
"""A random key of 50 characters has more different ones; "geheimgeheim…" has fewer."""


@check("Betriebsart")
def mode() -> Finding:
    """A demo that others can reach shows all mails to everybody."""
    host = urlsplit(settings.BASE_URL).hostname
    if settings.MODE == "production" or host in {"localhost", "127.0.0.1", "::1"}:
        return good(f"{settings.MODE}")
    return warning(
        f"PORTAL_MODE={settings.MODE} unter {settings.BASE_URL}: Alle Besuchenden können alle Mails lesen.",
        "Für den Betrieb: PORTAL_MODE=production.",
    )


@check("Schlüssel (SECRET_KEY)")
def secret_key() -> Finding:
    """A key that somebody can guess opens every private link."""
    if len(set(settings.SECRET_KEY)) < FEWEST_SIGNS:
        return error(
            "SECRET_KEY ist nicht zufällig. Wer ihn errät, öffnet alle privaten Links.",
            "Neuen Schlüssel setzen: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'. "
            "Links in Mails, die unterwegs sind, gelten dann nicht mehr.",
        )
    return good("lang und zufällig")


@check("Namen der Variablen")
def variables() -> Finding:
    """A misspelt variable changes nothing and says nothing."""
    unknown = sorted(name for name in os.environ if name.startswith("PORTAL_") and name not in VARIABLES)
    if unknown:
        return warning(
            f"{', '.join(unknown)}: Diese Variablen kennt das Portal nicht.", "Die Tabelle im README nennt alle Namen."
        )
    return good("alle bekannt")


@check("Proxy (TRUSTED_PROXIES)")
def proxies() -> Finding:
    """Without a declared proxy every request in production is redirected to https, for ever."""
    if settings.MODE == "production" and not settings.ENV.trusted_proxies:
        return error(
            "TRUSTED_PROXIES ist 0. Das Portal sieht nicht, dass Besuchende über https kommen, und leitet endlos um.",
            "TRUSTED_PROXIES=1, wenn ein Webserver vor dem Portal steht.",
        )
    return good(f"{settings.ENV.trusted_proxies} vor dem Portal")


@check("Zwischenspeicher für mehrere Prozesse")
def shared_cache() -> Finding:
    """Limits are counted in the cache; several processes need a common one."""
    several = os.environ.get("WEB_CONCURRENCY", "1") != "1"
    if several and not settings.ENV.redis_url:
        return error("WEB_CONCURRENCY ist über 1, aber REDIS_URL fehlt.", "Redis einrichten und REDIS_URL setzen.")
    if settings.MODE == "production" and not settings.ENV.redis_url:
        return warning(
            "Ohne REDIS_URL darf nur ein Webprozess laufen: Sperren nach zu vielen Versuchen zählt jeder für sich.",
            "Bei mehr als einem Webprozess REDIS_URL setzen.",
        )
    return good("Redis" if settings.ENV.redis_url else "nicht nötig")


@check("Impressum")
def imprint() -> Finding:
    """An invented imprint is none (DDG § 5)."""
    missing = [name for name, _trouble in placeholders(settings.REGION)]
    if not missing:
        return good("ausgefüllt")
    say = error if settings.MODE == "production" else warning
    return say(
        f"Im Profil {settings.REGION.slug} stehen noch Platzhalter: {', '.join(missing)}.",
        f"portal/region/profiles/{settings.REGION.slug}.toml ausfüllen; `manage.py check --deploy` nennt jeden einzeln.",
    )


@check("Rechte am Datenordner")
def permissions() -> Finding:
    """Names and addresses of people lie there: nobody else on this machine may read them."""
    folder = settings.ENV.var
    key = folder / "secret-key"
    if key.exists() and key.stat().st_mode & 0o077:
        return error(f"{key} ist für andere lesbar.", f"chmod 600 {key}")
    if settings.MODE == "production" and stat.S_IMODE(folder.stat().st_mode) & 0o007:
        return warning(f"{folder} ist für alle auf diesem Rechner lesbar.", f"chmod o= {folder}")
    return good("nur für das Portal")
