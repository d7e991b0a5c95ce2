"""The worker is killed fifty times in the middle of its mails: none is lost, and none arrives more than twice."""

import os
import signal
from pathlib import Path

from django.utils import timezone

from regiokit.mail.models import OutboxMail
from tests.running_site import running_site

KILLS, MAILS, MAILS_BETWEEN = 50, 220, 3
MOMENTS = ("RCPT", "DATA", "TAKEN")
"""When the worker dies: before the server has the letter, while it is sent, and when the server has it but has not said so."""

WITHOUT_REST = """
import sys
from manage import main
from portal.serving import processes
processes.REST_SECONDS = 0
sys.argv = ["manage.py", "serve"]
main()
"""
"""Serves, but a worker that dies begins again at once: fifty seconds of rest would prove nothing more."""


class Killer:
    """Kills the worker of the portal in `folder` at a moment of every third letter, each time another moment."""

    def __init__(self, folder: Path):
        self.folder, self.kills, self.letters, self.after_taking = folder, 0, 0, 0

    def __call__(self, moment: str) -> None:
        """The mail server has come to this moment of a conversation."""
        self.letters += moment == "MAIL"
        if self.kills == KILLS or self.letters <= MAILS_BETWEEN or moment != MOMENTS[self.kills % len(MOMENTS)]:
            return
        os.kill(worker_of(self.folder), signal.SIGKILL)
        self.kills, self.letters = self.kills + 1, 0
        self.after_taking += moment == "TAKEN"


def worker_of(folder: Path) -> int:
    """Return the process id of the worker: the child of `serve` that was started last."""
    mark, of_portal = f"PORTAL_VAR={folder}\0".encode(), {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            if fields[0] != "Z" and mark in (status.parent / "environ").read_bytes():
                of_portal[int(status.parent.name)] = (int(fields[1]), int(fields[19]))
        except OSError:
            continue
    (serve,) = (pid for pid, (parent, _began) in of_portal.items() if parent not in of_portal)
    children = [(began, pid) for pid, (parent, began) in of_portal.items() if parent == serve]
    assert len(children) == 2, children
    return max(children)[1]


def test_no_mail_is_lost_and_none_arrives_more_than_twice(tmp_path, own_database, mailserver, rows, until):
    killer = Killer(tmp_path)
    with (
        running_site(tmp_path, command=("-c", WITHOUT_REST), DATABASE_URL=own_database, EMAIL_URL=mailserver.url),
        rows(own_database) as here,
    ):
        mails = OutboxMail.objects.using(here)
        waiting = mails.filter(state=OutboxMail.State.WAITING)
        until(lambda: not waiting.exists(), seconds=60, what="mails of the demo wait")
        mailserver.letters.clear()
        mailserver.at_moment = killer
        written = OutboxMail.objects.using(here).bulk_create(
            OutboxMail(to=f"leser{number}@mail.example", subject="Brief", text="Text") for number in range(MAILS)
        )
        until(lambda: killer.kills == KILLS, seconds=240, what=f"{killer.kills} kills")
        # Ten minutes later: what a dead worker had taken up is free again.
        waiting.update(due_at=timezone.now())
        until(lambda: not waiting.exists(), seconds=60, what="mails still wait")
        states = set(mails.filter(pk__in=[mail.pk for mail in written]).values_list("state", flat=True))
    arrived = mailserver.counts()
    assert states == {OutboxMail.State.SENT}
    assert set(arrived) == {mail.message_id for mail in written}
    assert max(arrived.values()) <= 2
    assert arrived.total() - MAILS <= killer.after_taking
