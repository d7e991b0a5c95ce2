"""The worker does what is due, survives what fails, and shows that it lives."""

from datetime import timedelta

import pytest
from django.utils import timezone

from regiokit.worker import running
from regiokit.worker.models import WorkerBeat

pytestmark = pytest.mark.django_db


def test_it_shows_that_it_lives():
    assert running.last_beat() is None
    now = timezone.now()
    running.run_once(now=now)
    assert running.last_beat() == now
    running.run_once(now=now + timedelta(seconds=5))
    assert running.last_beat() == now


def test_a_task_runs_again_only_after_its_time(monkeypatch):
    ran = []
    monkeypatch.setattr(running, "_tasks", lambda: [("test.task", timedelta(minutes=5), lambda: ran.append(1))])
    now = timezone.now()
    for minutes in (0, 1, 4, 6):
        running.run_once(now=now + timedelta(minutes=minutes))
    assert len(ran) == 2


def test_a_task_that_fails_is_noted_and_the_others_run(monkeypatch):
    ran = []
    tasks = [
        ("test.bad", timedelta(minutes=5), lambda: 1 / 0),
        ("test.good", timedelta(minutes=5), lambda: ran.append(1)),
    ]
    monkeypatch.setattr(running, "_tasks", lambda: tasks)
    running.run_once()
    assert ran == [1]
    assert "ZeroDivisionError" in WorkerBeat.objects.get(name="test.bad").error


def test_it_stops_when_told():
    turns = []
    running.run(stopped=lambda seconds: turns.append(seconds) or len(turns) == 3)
    assert len(turns) == 3
