"""`/healthz` tells monitoring what works, with figures and without personal data."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal import health
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


def test_a_task_that_failed_is_named_and_nothing_else(client, beat):
    name = "regiokit.privacy.erase_expired"
    WorkerBeat.objects.create(name=name, ran_at=timezone.now(), error="ValueError: vorstand@verein.example")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"]["failed"] == [name]
    assert "verein.example" not in answer.content.decode()


def test_a_part_that_raises_is_no_error_page(client, beat, monkeypatch):
    def broken():
        raise KeyError("vorstand@verein.example")

    monkeypatch.setattr(health, "outbox", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["outbox"] == {"ok": False}
    assert answer.json()["worker"]["ok"] is True
    assert "verein.example" not in answer.content.decode()


def test_a_cache_that_does_not_answer_is_named(client, beat, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    }
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["cache"] == {"ok": False}


def test_asking_all_the_time_costs_nothing(client, beat, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_only_reading(client):
    assert client.post("/healthz").status_code == 405
