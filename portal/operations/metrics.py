"""`/metrics` for Prometheus: requests as every web process counts them, and the state of the work, asked of the database.

Open only to those who send METRICS_TOKEN as bearer token; everybody else finds nothing here. No personal data.
"""

import os
import secrets

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.dispatch import receiver
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from wagtail.models import TaskState

from portal.operations import stamp
from portal.operations.version import version
from regiokit.mail.models import OutboxMail
from regiokit.search import domain as search
from regiokit.search.signals import search_degraded
from regiokit.worker.models import WorkerBeat
from regiokit.worker.running import AT_WORK

METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus-client lets several processes count together; it reads this variable when it is imported."""

REQUESTS = Counter("portal_requests", "Requests by view, method and status.", ["view", "method", "status"])
DEGRADED = Counter("portal_search_degraded", "Searches that the database answered for the engine in use.", ["source"])
SECONDS = Histogram("portal_request_seconds", "Seconds until the answer, by view.", ["view"], buckets=BUCKETS)


def observe(*, view: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    REQUESTS.labels(view, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(view).observe(seconds)


@receiver(search_degraded)
def count_degraded(sender, **_kwargs) -> None:
    """Count one search that the engine in use did not answer."""
    DEGRADED.labels(sender.key).inc()


@never_cache
def metrics(request):
    """Answer with all figures in Prometheus' text format, or 404 without the token."""
    given = request.headers.get("Authorization", "")
    token = settings.ENV.metrics_token
    if not token or not secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    if os.environ.get(SHARED):
        MultiProcessCollector(registry)
    else:
        for counted in (REQUESTS, SECONDS, DEGRADED):
            registry.register(counted)
    registry.register(State())
    return registry


class State:
    """What the database says, asked at every scrape with five questions."""

    def collect(self):
        """Yield every gauge."""
        yield _gauge("portal_build_info", "Version of the portal.", {(version(), settings.MODE): 1}, "version", "mode")
        yield from _outbox()
        yield from _worker()
        yield _approvals()
        queue = {(engine,): number for engine, number in search.waiting().items()}
        yield _gauge("portal_search_waiting", "Entries that wait to be written to a search engine.", queue, "engine")
        yield _gauge("portal_database_bytes", "Size of the database.", {(): _database_bytes()})
        if made := stamp.last(settings.ENV.var):
            age = (timezone.now() - made.at).total_seconds()
            yield _gauge("portal_backup_age_seconds", "Seconds since the last backup.", {(): age})


def _outbox():
    now = timezone.now()
    waiting = Q(state=OutboxMail.State.WAITING)
    said = OutboxMail.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        due=Count("pk", filter=waiting & Q(due_at__lte=now)),
        failed=Count("pk", filter=Q(state=OutboxMail.State.FAILED)),
        oldest=Min("due_at", filter=waiting & Q(due_at__lte=now)),
    )
    counts = {(name,): said[name] for name in ("waiting", "due", "failed")}
    yield _gauge("portal_outbox_mails", "Mails in the outbox by state.", counts, "state")
    age = (now - said["oldest"]).total_seconds() if said["oldest"] else 0
    yield _gauge("portal_outbox_oldest_due_seconds", "For how long the oldest mail has been due.", {(): age})


def _worker():
    now = timezone.now()
    beats = {beat.name: beat for beat in WorkerBeat.objects.all()}
    ages = {(name,): (now - beat.ran_at).total_seconds() for name, beat in beats.items()}
    failed = {(name,): int(beat.error not in ("", AT_WORK)) for name, beat in beats.items()}
    yield _gauge("portal_task_age_seconds", "Seconds since the worker and each task last ran.", ages, "task")
    yield _gauge("portal_task_failed", "1 when the last run of the task failed.", failed, "task")


def _approvals():
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    kind = "workflow_state__base_content_type__model"
    counts = {(row[kind],): row["count"] for row in waiting.order_by().values(kind).annotate(count=Count("pk"))}
    return _gauge("portal_approvals_waiting", "What waits for staff to approve it, by kind.", counts, "kind")


def _database_bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return cursor.fetchone()[0]


def _gauge(name: str, text: str, values: dict, *labels: str) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, text, labels=labels)
    for label_values, value in values.items():
        gauge.add_metric(label_values, value)
    return gauge
