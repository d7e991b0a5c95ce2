"""Two app processes and two workers at once on PostgreSQL and Redis: nothing twice, everything shared."""

import subprocess
import sys
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from ehrenamt.models import Offer
from regiokit.limits import MIN_SECONDS
from regiokit.mail.models import OutboxMail
from regiokit.worker.models import WorkerBeat
from regiokit.worker.running import AT_WORK
from tests.running_site import ROOT
from tests.several.visitors import Visitor

pytestmark = pytest.mark.postgres
MAILS, TURNS = 1000, 10

COUNT_BEGINNINGS = f"""
CREATE TABLE IF NOT EXISTS beginnings (name text, at timestamptz DEFAULT clock_timestamp());
CREATE OR REPLACE FUNCTION note_beginning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO beginnings(name) VALUES (NEW.name); RETURN NEW; END $$;
CREATE OR REPLACE TRIGGER beginnings AFTER UPDATE ON regiokit_workerbeat FOR EACH ROW
WHEN (NEW.error = '{AT_WORK}') EXECUTE FUNCTION note_beginning();
"""


def test_no_mail_goes_out_twice(two_portals, fresh_postgres, mailserver, rows, until):
    subject = "Tausend Mails"
    with rows(fresh_postgres) as here:
        OutboxMail.objects.using(here).bulk_create(
            OutboxMail(to=f"leser{number}@mail.example", subject=subject, text="Text") for number in range(MAILS)
        )
        waiting = OutboxMail.objects.using(here).filter(subject=subject, state=OutboxMail.State.WAITING)
        until(lambda: not waiting.exists(), seconds=120, what="mails still wait")
        expected = {mail.key.hex for mail in OutboxMail.objects.using(here).filter(subject=subject)}
    arrived = [letter for letter in mailserver.letters if letter["Subject"] == subject]
    assert len(arrived) == MAILS
    assert {letter["Message-ID"].strip("<").split("@")[0].replace("-", "") for letter in arrived} == expected


def test_no_task_runs_twice(two_portals, fresh_postgres, rows, until):
    with rows(fresh_postgres) as here, connections[here].cursor() as cursor:
        beats = WorkerBeat.objects.using(here).exclude(name="worker")
        until(lambda: beats.count() > 5 and not beats.filter(error=AT_WORK).exists(), seconds=60, what="first turn")
        tasks = set(beats.values_list("name", flat=True))
        cursor.execute(COUNT_BEGINNINGS)
        for turn in range(1, TURNS + 1):
            long_ago = timezone.now() - timedelta(days=2)
            beats.update(ran_at=long_ago)
            done = beats.filter(ran_at__gt=long_ago, error="")
            until(lambda: done.count() == len(tasks), seconds=60, what=f"turn {turn}")  # noqa: B023
        cursor.execute("SELECT name, count(*) FROM beginnings GROUP BY name")
        begun = dict(cursor.fetchall())
    assert begun == dict.fromkeys(tasks, TURNS)


def test_limits_are_shared(two_portals, fresh_postgres, rows):
    with rows(fresh_postgres) as here:
        path = f"/ehrenamt/angebote/{Offer.objects.using(here).filter(live=True).first().pk}/anfrage/"
    visitor = Visitor(two_portals[0], address="198.51.100.7")
    fields = visitor.fields(path)
    threading.Event().wait(MIN_SECONDS)
    answers = []
    for turn in range(14):
        key = uuid.uuid4().hex
        form = {**fields, "key": key, "name": "Kim", "email": f"{key}@mail.example", "message": "Guten Tag"}
        answers.append(visitor.at(two_portals[turn % 2]).post(path, form)[0])
    # Ten an hour from one address: each portal has seen seven.
    assert answers == [302] * 10 + [429] * 4


def test_somebody_who_signed_in_at_one_is_known_to_the_other(two_portals, mailserver, until):
    address = "verein@demo.example"
    visitor = Visitor(two_portals[0], address="198.51.100.8")
    visitor.post("/konto/anmelden/", {**visitor.fields("/konto/anmelden/"), "login": address})
    codes = lambda: [letter["Subject"] for letter in mailserver.to(address) if "Code" in letter["Subject"]]  # noqa: E731
    until(codes, seconds=30, what="no code came")
    visitor.at(two_portals[1])
    fields = visitor.fields("/konto/code/") | {"code": codes()[-1].rsplit(": ", 1)[1]}
    assert visitor.post("/konto/code/", fields)[0] == 302
    for base in two_portals:
        assert visitor.at(base).get("/konto/")[0] == 200


def test_what_is_published_at_one_is_shown_by_both_at_once(two_portals, fresh_postgres, redis_url, tmp_path):
    visitor = Visitor(two_portals[0], address="198.51.100.9")
    for base in two_portals:
        assert "Fähre fährt wieder" not in visitor.at(base).get("/aktuelles/")[1]
    publish = (
        "from portal.editorial.models import *; from datetime import date; "
        "page = NewsIndexPage.objects.get().add_child(instance=NewsPage("
        "title='Fähre fährt wieder', lead='Seit heute.', date=date.today())); page.save_revision().publish()"
    )
    environment = {"DATABASE_URL": fresh_postgres, "REDIS_URL": redis_url, "PORTAL_VAR": str(tmp_path)}
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", publish], cwd=ROOT, env=environment, check=True
    )
    for base in two_portals:
        assert "Fähre fährt wieder" in visitor.at(base).get("/aktuelles/")[1]
