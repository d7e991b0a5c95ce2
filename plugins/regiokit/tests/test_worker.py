"""The worker does what is due, survives what fails, and shows that it lives."""

import threading
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from regiokit import privacy
from regiokit.mail.models import OutboxMail
from regiokit.plugin import RetentionRule
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


def test_a_task_that_failed_is_tried_again_soon_and_named_until_it_works(monkeypatch):
    ran = []
    tasks = [("test.daily", timedelta(days=1), lambda: ran.append(1) or 1 / (len(ran) - 1))]
    monkeypatch.setattr(running, "_tasks", lambda: tasks)
    now = timezone.now()
    running.run_once(now=now)
    assert running.failed_tasks() == ["test.daily"]
    for minutes in (1, 6, 20):
        running.run_once(now=now + timedelta(minutes=minutes))
    assert len(ran) == 2
    assert running.failed_tasks() == []


def test_tasks_and_heartbeat_go_on_without_a_mail_server(monkeypatch, settings):
    server = {"backend": "django.core.mail.backends.smtp.EmailBackend", "host": "127.0.0.1", "port": 9, "timeout": 1}
    settings.REGIOKIT_MAIL_TRANSPORT = server
    OutboxMail.objects.create(to="a@example.org", subject="Hallo", text="Text")
    ran = []
    monkeypatch.setattr(running, "_tasks", lambda: [("test.task", timedelta(minutes=5), lambda: ran.append(1))])
    running.run_once()
    assert ran == [1]
    assert running.last_beat()


def failing_eraser(*, before):
    raise RuntimeError


ERASED = []


def counting_eraser(*, before):
    ERASED.append(before)
    return 1


def test_one_rule_that_fails_stops_no_other(monkeypatch):
    ERASED.clear()
    names = ("failing_eraser", "counting_eraser")
    rules = [RetentionRule(what=name, begins="", days=1, erase=f"{__name__}.{name}") for name in names]
    monkeypatch.setattr(privacy, "rules", lambda: rules)
    with pytest.raises(privacy.RetentionFailed, match="failing_eraser"):
        privacy.erase_expired()
    assert len(ERASED) == 1


def test_sessions_that_are_over_go(settings):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.set_expiry(-1)
    session.save()
    assert session.model.objects.exists()
    running.run_once()
    assert not session.model.objects.exists()


def test_it_stops_when_told():
    turns = []
    running.run(stopped=lambda seconds: bool(seconds) and (turns.append(seconds) or len(turns) == 3))
    assert len(turns) == 3


def test_no_further_task_begins_once_it_is_told_to_stop(monkeypatch):
    ran = []
    tasks = [(f"test.{name}", timedelta(minutes=5), lambda: ran.append(1)) for name in ("first", "second")]
    monkeypatch.setattr(running, "_tasks", lambda: tasks)
    running.run_once(over=lambda: bool(ran))
    assert ran == [1]


def test_a_task_that_is_being_run_is_left_to_its_worker_until_that_one_is_lost(monkeypatch):
    ran = []
    now = timezone.now()
    monkeypatch.setattr(running, "_tasks", lambda: [("test.task", timedelta(minutes=1), lambda: ran.append(1))])
    assert running._claim("test.task", timedelta(minutes=1), now=now)
    running.run_once(now=now + timedelta(minutes=20))
    assert ran == []
    assert running.failed_tasks() == []
    running.run_once(now=now + running.LONGEST_TASK)
    assert ran == [1]


def test_a_worker_that_was_lost_shows(monkeypatch):
    monkeypatch.setattr(running, "_tasks", lambda: [("test.task", timedelta(minutes=1), lambda: None)])
    running._claim("test.task", timedelta(minutes=1), now=timezone.now() - running.LONGEST_TASK)
    assert running.failed_tasks() == ["test.task"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("claimed", [True, False], ids=["claimed", "control"])
def test_of_sixteen_workers_one_gets_the_task(monkeypatch, claimed):
    """Fifty times; the control takes what it read without looking again, and must show tasks that run twice."""
    trials, workers, taken = 50, 16, []

    def unclaimed(name, every, *, now):
        beat = WorkerBeat.objects.get(name=name)
        meet.wait()
        if now - beat.ran_at < every:
            return False
        running._beat(name, now, error=running.AT_WORK)
        return True

    claim = running._claim if claimed else unclaimed

    def worker(now):
        try:
            meet.wait()
            if claim("test.task", timedelta(minutes=5), now=now):
                taken.append(now)
        finally:
            connection.close()

    now = timezone.now()
    for _trial in range(trials if claimed else 3):
        now += timedelta(hours=1)
        running._beat("test.task", now - timedelta(minutes=10))
        meet = threading.Barrier(workers)
        threads = [threading.Thread(target=worker, args=(now,)) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if claimed:
        assert len(taken) == trials
    else:
        assert len(taken) > 3
