"""Two workers deliver at once: one mail."""

import threading

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from regiokit.mail.models import OutboxMail
from regiokit.search.alerts import delivering
from regiokit.search.alerts.models import SavedSearch, SavedSearchMatch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(live):
    """A find whose mail is due."""
    from regiokit.search.domain import write_changes

    now = timezone.now()
    offer = live()
    write_changes()
    saved = SavedSearch.objects.create(
        source="ehrenamt.offer", email="anna@demo.example", words="Vorlesen", confirmed_at=now, renewed_at=now
    )
    SavedSearchMatch.objects.create(saved_search=saved, object_id=offer.pk, due_at=now)
    return saved


def deliver_twice(monkeypatch):
    """Let two workers deliver; both are held, as long as the lock lets them, between looking and noting."""
    both_looked, over, look = threading.Barrier(2), threading.Event(), delivering.found_in

    def look_late(due):
        ids = look(due)
        try:
            both_looked.wait(timeout=1)
        except threading.BrokenBarrierError:
            # The other one waits for the lock and comes here later.
            pass
        return ids

    monkeypatch.setattr(delivering, "found_in", look_late)

    def work():
        while not over.wait(0.01):
            try:
                delivering.deliver()
            except OperationalError as error:
                # SQLite's database in memory, as tests use it, refuses instead of waiting: the worker's next turn.
                if "locked" in str(error):
                    continue
                raise
            break
        connection.close()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    over.set()
    return OutboxMail.objects.filter(to="anna@demo.example").count()


def test_one_mail(waiting, monkeypatch):
    assert deliver_twice(monkeypatch) == 1


@pytest.mark.postgres
def test_without_the_lock_there_would_be_two(waiting, monkeypatch):
    """The control: without the row lock both look before either notes, so the test above can fail."""
    monkeypatch.setattr(delivering, "lock", lambda pk: SavedSearch.objects.get(pk=pk))
    assert deliver_twice(monkeypatch) == 2
