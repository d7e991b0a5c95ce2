"""Checks of the servers that the portal needs: database, cache, mail server, clock."""

import smtplib
from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg_pool import PoolTimeout
from redis.exceptions import RedisError

from portal.operations.backup import tables
from portal.operations.doctor.registry import Finding, check, error, good, warning
from portal.operations.version import pending
from regiokit import conf

OLDEST_POSTGRESQL = 150000
MOST_SKEW_SECONDS = 30


@check("Datenbank")
def database() -> Finding:
    """Whether it answers, and is new enough."""
    try:
        connection.ensure_connection()
        version = connection.pg_version if connection.vendor == "postgresql" else None
    except (DatabaseError, PoolTimeout, OSError) as failure:
        return error(
            f"Die Datenbank antwortet nicht ({type(failure).__name__}).",
            "Läuft sie? Stimmen Rechner, Name und Kennwort in DATABASE_URL?",
        )
    if version and version < OLDEST_POSTGRESQL:
        return error(f"PostgreSQL {version // 10000} ist zu alt.", "PostgreSQL 15 oder neuer einrichten.")
    return good(f"PostgreSQL {version // 10000}" if version else "SQLite")


@check("Stand der Datenbank", database=True)
def migrations() -> Finding:
    """Whether the database is as this version wants it."""
    executor = MigrationExecutor(connection)
    if waiting := pending(connection):
        return error(f"Es fehlen {waiting} Änderungen an der Datenbank.", "manage.py prepare")
    newer = executor.loader.applied_migrations.keys() - executor.loader.disk_migrations.keys()
    ours = {key for key in newer if key[0] in executor.loader.migrated_apps}
    if ours:
        return error(
            "Die Datenbank gehört zu einer neueren Version des Portals.", "Die neuere Version wieder einrichten."
        )
    return good("auf dem Stand dieser Version")


@check("Abgeschaltete Bausteine", database=True)
def plugins() -> Finding:
    """Tables that no installed app knows are in no backup."""
    if unknown := tables.unknown():
        return warning(
            f"Tabellen, die kein eingeschalteter Baustein kennt: {', '.join(unknown)}. Sie fehlen in jeder Sicherung.",
            "PORTAL_PLUGINS prüfen: Zum Sichern müssen alle eingeschaltet sein, die es gab.",
        )
    return good("keine")


@check("Zwischenspeicher")
def cache_answers() -> Finding:
    """Whether it keeps what it is told."""
    try:
        cache.set("portal.doctor", "1", timeout=60)
        kept = cache.get("portal.doctor") == "1"
    except (RedisError, OSError) as failure:
        return error(f"Redis antwortet nicht ({type(failure).__name__}).", "Läuft Redis? Stimmt REDIS_URL?")
    return good("antwortet") if kept else error("Redis behält nichts.", "Ist sein Speicher voll (maxmemory)?")


@check("Mailserver")
def mail_server() -> Finding:
    """Whether it lets us in, encrypted; nothing is sent."""
    transport = conf.mail_transport()
    if not settings.ENV.email_url:
        return good("keiner: Mails bleiben im Postfach der Demo")
    server = get_connection(**{**transport, "timeout": 10})
    try:
        server.open()
    except smtplib.SMTPAuthenticationError:
        return error(
            "Der Mailserver lehnt Name oder Kennwort ab.", "EMAIL_URL prüfen; Sonderzeichen als %XX schreiben."
        )
    except smtplib.SMTPNotSupportedError:
        return error(
            "Der Mailserver kann kein STARTTLS oder kein Anmelden.",
            "Anderen Anschluss wählen, zum Beispiel smtps://…:465.",
        )
    except OSError as failure:
        return error(
            f"Der Mailserver antwortet nicht ({type(failure).__name__}).",
            "Stimmen Rechner und Anschluss in EMAIL_URL? Lässt die Firewall hinaus?",
        )
    finally:
        with suppress(OSError):
            server.close()
    if not (transport.get("use_tls") or transport.get("use_ssl")):
        return warning("Mails gehen unverschlüsselt zum Mailserver.", "EMAIL_URL mit ?tls=1 oder smtps:// schreiben.")
    return good("antwortet, verschlüsselt")


@check("Uhr", database=True)
def clock() -> Finding:
    """Codes and links expire by the clock; two machines must agree."""
    if connection.vendor != "postgresql":
        return good("nur eine")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        seconds = abs((datetime.now(UTC) - cursor.fetchone()[0]).total_seconds())
    if seconds > MOST_SKEW_SECONDS:
        return error(f"Portal und Datenbank sind sich um {seconds:.0f} Sekunden uneins.", "Auf beiden NTP einschalten.")
    return good("stimmt mit der Datenbank überein")
