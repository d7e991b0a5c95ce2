"""`/metrics`: figures for those who know the token, nothing for others, nobody's data, few questions."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from regiokit.mail.models import OutboxMail
from regiokit.search import SearchQuery
from regiokit.search import domain as search
from regiokit.worker.models import WorkerBeat
from tests.running_site import free_port

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
TOKEN = "0123456789abcdef0123456789"


@pytest.fixture
def scrape(client, settings):
    settings.ENV = replace(configured.ENV, metrics_token=TOKEN)

    def ask():
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        assert not answer.cookies
        return answer.content.decode()

    return ask


def value(text, name, **labels):
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return sample.value
    return None


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer falsch"}, {"Authorization": TOKEN}])
def test_without_the_token_there_is_nothing(client, scrape, sent):
    assert client.get("/metrics", headers=sent).status_code == 404
    assert client.post("/metrics", headers=sent).status_code == 404


def test_searches_that_the_database_had_to_answer_and_what_waits_are_counted(client, scrape, settings):
    settings.REGIOKIT_SEARCH_ENGINE = "elasticsearch"
    settings.REGIOKIT_ELASTICSEARCH = {"urls": [f"http://127.0.0.1:{free_port()}"]}
    source = search.sources()[0]
    before = value(scrape(), "portal_search_degraded_total", source=source.key) or 0
    assert search.search(source, SearchQuery()).degraded
    search.update(source, 1, 2)
    text = scrape()
    assert value(text, "portal_search_degraded_total", source=source.key) == before + 1
    assert value(text, "portal_search_waiting", engine="elasticsearch") == 2


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer "}])
def test_without_a_token_in_the_settings_nobody_gets_in(client, sent):
    assert client.get("/metrics", headers=sent).status_code == 404


def test_requests_are_counted_by_view_and_status(client, scrape):
    before = value(scrape(), "portal_requests_total", view="imprint", method="GET", status="200") or 0
    client.get("/impressum/")
    text = scrape()
    assert value(text, "portal_requests_total", view="imprint", method="GET", status="200") == before + 1
    assert value(text, "portal_request_seconds_bucket", view="imprint", le="10.0") >= before + 1


def test_the_state_of_the_work(scrape):
    now = timezone.now()
    mail = {"to": "erika@muster.de", "subject": "Geheim", "text": "Geheim"}
    OutboxMail.objects.create(due_at=now - timedelta(minutes=20), **mail)
    OutboxMail.objects.create(due_at=now + timedelta(hours=1), **mail)
    OutboxMail.objects.create(state=OutboxMail.State.FAILED, **mail)
    WorkerBeat.objects.create(name="worker", ran_at=now - timedelta(seconds=90))
    WorkerBeat.objects.create(name="regiokit.search.domain.repair", ran_at=now, error="ValueError: erika@muster.de")
    text = scrape()
    assert value(text, "portal_outbox_mails", state="waiting") == 2
    assert value(text, "portal_outbox_mails", state="due") == 1
    assert value(text, "portal_outbox_mails", state="failed") == 1
    assert 1195 < value(text, "portal_outbox_oldest_due_seconds") < 1260
    assert 89 < value(text, "portal_task_age_seconds", task="worker") < 150
    assert value(text, "portal_task_failed", task="regiokit.search.domain.repair") == 1
    assert value(text, "portal_database_bytes") > 100_000
    assert value(text, "portal_build_info") == 1
    assert "muster" not in text
    assert "Geheim" not in text


def test_the_questions_are_as_many_at_60_entries_as_at_3(scrape, django_assert_num_queries):
    def fill(count):
        for number in range(count):
            OutboxMail.objects.create(to=f"a{number}@b.de", subject="s", text="t")
            WorkerBeat.objects.create(name=f"task.{number}.{count}", ran_at=timezone.now())

    fill(3)
    with django_assert_num_queries(5):
        scrape()
    fill(60)
    with django_assert_num_queries(5):
        scrape()


COUNTING = """
import os, sys
from pathlib import Path
from portal.operations.counting import count_together
count_together(Path(sys.argv[1]), port=8000)
import django
django.setup()
from prometheus_client import generate_latest
from portal.operations import metrics
for turn in range(3):
    if not os.fork():
        metrics.observe(view="imprint", method="GET", status=200, seconds=0.1)
        os._exit(0)
    os.wait()
metrics.State.collect = lambda self: []
print(generate_latest(metrics._registry()).decode())
"""


def test_several_processes_count_together(tmp_path):
    """Each process of gunicorn is a fork; whoever answers knows what all have counted."""
    environment = {
        "PORTAL_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "PATH": "/usr/bin:/bin",
    }
    result = subprocess.run(
        [sys.executable, "-c", COUNTING, str(tmp_path)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    assert value(result.stdout, "portal_requests_total", view="imprint") == 3
