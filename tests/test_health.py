"""`/healthz` tells monitoring what works, with figures and without personal data."""

from datetime import timedelta

import pytest
from django.utils import timezone

from regiokit.mail.models import OutboxMail
from regiokit.worker import running
from regiokit.worker.models import WorkerBeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def beat():
    return WorkerBeat.objects.create(name=running.SELF, ran_at=timezone.now())


def write(minutes_ago):
    due = timezone.now() - timedelta(minutes=minutes_ago)
    return OutboxMail.objects.create(to="vorstand@verein.example", subject="Geheim", text="Geheim", due_at=due)


def test_all_is_well(client, beat):
    write(minutes_ago=5)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    said = answer.json()
    assert said["ok"] is True
    assert {"database", "search", "outbox", "worker"} <= said.keys()
    assert 295 <= said["outbox"]["oldest_due_seconds"] <= 305
    assert "no-cache" in answer["Cache-Control"]
    assert not answer.cookies
    assert "verein.example" not in answer.content.decode()


def test_mail_that_nobody_sends(client, beat):
    write(minutes_ago=16)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["outbox"]["ok"] is False
    assert answer.json()["worker"]["ok"] is True


def test_a_worker_that_never_ran(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == {"ok": False, "last_beat_seconds": None}


def test_a_worker_that_died(client, beat):
    WorkerBeat.objects.update(ran_at=timezone.now() - timedelta(minutes=6))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"]["ok"] is False


def test_only_reading(client):
    assert client.post("/healthz").status_code == 405
