"""`/healthz` for monitoring: 200 when everything works, else 503, and for each part what is wrong. No personal data."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse, QueryDict
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from regiokit import worker
from regiokit.mail.sending import oldest_waiting_seconds
from regiokit.plugin import load
from regiokit.search import domain as search
from regiokit.search.filters import query_from

OLDEST_MAIL = timedelta(minutes=15)
"""A mail that is due for longer means that nobody gets mail."""

OLDEST_BEAT = timedelta(minutes=5)
"""A worker that shows no sign for longer is dead or stuck."""


@never_cache
@require_safe
def healthz(request):
    """Answer with the state of every part."""
    parts = {"database": database()}
    if parts["database"]["ok"]:
        parts |= {"search": search_engine(), "outbox": outbox(), "worker": work(), **plugins()}
    healthy = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": healthy, **parts}, status=200 if healthy else 503)


def database() -> dict:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False}
    return {"ok": True}


def search_engine() -> dict:
    """Whether the engine answers the simplest question to every source."""
    try:
        for source in search.sources():
            search.search(source, query_from(source, QueryDict()))
    except (DatabaseError, OSError):
        return {"ok": False}
    return {"ok": True}


def outbox() -> dict:
    """For how many seconds the oldest mail has been due."""
    seconds = oldest_waiting_seconds()
    return {"ok": seconds < OLDEST_MAIL.total_seconds(), "oldest_due_seconds": round(seconds)}


def work() -> dict:
    """How many seconds ago the worker showed a sign of life; None when it never did."""
    beat = worker.last_beat()
    seconds = round((timezone.now() - beat).total_seconds()) if beat else None
    return {"ok": seconds is not None and seconds < OLDEST_BEAT.total_seconds(), "last_beat_seconds": seconds}


def plugins() -> dict:
    """What each plugin says about itself, by its name."""
    found = {}
    for plugin in settings.PLUGINS:
        if plugin.health:
            trouble = load(plugin.health)()
            found[plugin.app] = {"ok": not trouble, **({"trouble": trouble} if trouble else {})}
    return found
