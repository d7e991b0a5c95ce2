"""`/healthz` for monitoring: 200 when everything works, else 503, and for each part what is wrong. No personal data."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import JsonResponse, QueryDict
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from regiokit import worker
from regiokit.mail.sending import oldest_waiting_seconds
from regiokit.plugin import Plugin, load
from regiokit.search import domain as search
from regiokit.search.filters import query_from

log = logging.getLogger(__name__)

OLDEST_MAIL = timedelta(minutes=15)
"""A mail that is due for longer means that nobody gets mail."""

OLDEST_BEAT = timedelta(minutes=5)
"""A worker that shows no sign for longer is dead or stuck."""


KEPT_SECONDS = 5
"""For so long an answer is given again: whoever asks all the time costs no more than whoever asks now and then."""


@never_cache
@require_safe
def healthz(request):
    """Answer with the state of every part."""
    said = None
    with suppress(Exception):
        # A cache that does not answer is a part's trouble, which `counters` names.
        said = cache.get("portal.healthz")
    if said is None:
        said = parts()
        with suppress(Exception):
            cache.set("portal.healthz", said, timeout=KEPT_SECONDS)
    healthy = all(part["ok"] for part in said.values())
    return JsonResponse({"ok": healthy, **said}, status=200 if healthy else 503)


def parts() -> dict:
    """Ask every part; one that raises is not well."""
    said = {"database": _asked(database), "cache": _asked(counters)}
    if said["database"]["ok"]:
        said |= {"search": _asked(search_engine), "outbox": _asked(outbox), "worker": _asked(work)}
        said |= {plugin.app: _asked(of_plugin, plugin) for plugin in settings.PLUGINS if plugin.health}
    return said


def _asked(part: Callable, *arguments) -> dict:
    try:
        return part(*arguments)
    except Exception as error:
        # Monitoring needs an answer whatever is broken; the log says what.
        log.warning("/healthz: %s failed: %s", part.__name__, type(error).__name__)
        return {"ok": False}


def database() -> dict:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True}


def counters() -> dict:
    """Whether the cache, which counts attempts, keeps what it is told."""
    cache.set("portal.healthz.probe", 1, timeout=60)
    return {"ok": cache.get("portal.healthz.probe") == 1}


def search_engine() -> dict:
    """Whether the engine answers the simplest question to every source."""
    for source in search.sources():
        # Nobody looks at facets here, so nobody counts them.
        bare = replace(source, facets=())
        search.search(bare, query_from(bare, QueryDict("per_page=1")))
    return {"ok": True}


def outbox() -> dict:
    """For how many seconds the oldest mail has been due."""
    seconds = oldest_waiting_seconds()
    return {"ok": seconds < OLDEST_MAIL.total_seconds(), "oldest_due_seconds": round(seconds)}


def work() -> dict:
    """How many seconds ago the worker showed a sign of life (None: never), and which tasks failed at their last run."""
    beat, failed = worker.last_beat(), worker.failed_tasks()
    seconds = round((timezone.now() - beat).total_seconds()) if beat else None
    alive = seconds is not None and seconds < OLDEST_BEAT.total_seconds()
    return {"ok": alive and not failed, "last_beat_seconds": seconds, **({"failed": failed} if failed else {})}


def of_plugin(plugin: Plugin) -> dict:
    """What a plugin says about itself."""
    trouble = load(plugin.health)()
    return {"ok": not trouble, **({"trouble": trouble} if trouble else {})}
