"""Checks from outside: whether the portal can be reached under its own address, and for how long its certificate holds."""

import http.client
import socket
import ssl
import time
from urllib.parse import urlsplit

from django.conf import settings

from portal.operations.doctor.registry import Finding, check, error, good, warning

FEWEST_DAYS = 14
SECONDS = 10


@check("Adresse des Portals (BASE_URL)")
def reachable() -> Finding:
    """Ask `/healthz` as a visitor would."""
    parts = urlsplit(settings.BASE_URL)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except ssl.SSLCertVerificationError as failure:
        return error(f"Das Zertifikat gilt nicht: {failure.verify_message}.", "Zertifikat im Webserver erneuern.")
    except (OSError, http.client.HTTPException) as failure:
        return warning(
            f"{settings.BASE_URL} ist von diesem Rechner aus nicht erreichbar ({type(failure).__name__}).",
            "Laufen Portal und Webserver? Manche Netze erlauben den Weg zur eigenen Adresse nicht: dann von außen prüfen.",
        )
    finally:
        connection.close()
    if status == 200:
        return good("antwortet")
    if status in {301, 302, 307, 308}:
        return error("Das Portal leitet sich selbst um.", "TRUSTED_PROXIES und X-Forwarded-Proto im Webserver prüfen.")
    if status == 503:
        return warning("Das Portal antwortet, aber ein Teil ist gestört.", f"{settings.BASE_URL}/healthz nennt ihn.")
    return error(f"{settings.BASE_URL} antwortet mit {status}.", "Leitet der Webserver zum Portal weiter?")


@check("Zertifikat")
def certificate() -> Finding:
    """For how many days it still holds."""
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme != "https":
        return good("keines: ohne https")
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 443), SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            days = int(ssl.cert_time_to_seconds(secure.getpeercert()["notAfter"]) - time.time()) // 86400
    except OSError as failure:
        return warning(
            f"Das Zertifikat ließ sich nicht ansehen ({type(failure).__name__}).", "Siehe Adresse des Portals."
        )
    if days < FEWEST_DAYS:
        return warning(f"Das Zertifikat gilt nur noch {days} Tage.", "Erneuert der Webserver es von selbst?")
    return good(f"gilt noch {days} Tage")
