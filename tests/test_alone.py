"""Several who prepare at once wait for each other, on one machine and on two with one database."""

import threading
from contextlib import nullcontext

import pytest
from django.db import connection

from portal.operations.alone import alone


def both_inside(first, second) -> bool:
    """Whether the second gets in while the first is still there; both have left when this returns."""
    leave, entered, inside = threading.Event(), threading.Event(), threading.Event()

    def hold():
        with first():
            inside.set()
            leave.wait(30)
        connection.close()

    def follow():
        with second():
            entered.set()
        connection.close()

    threads = [threading.Thread(target=hold), threading.Thread(target=follow)]
    threads[0].start()
    assert inside.wait(30)
    threads[1].start()
    met = entered.wait(1)
    leave.set()
    for thread in threads:
        thread.join(30)
    assert entered.is_set()
    return met


@pytest.mark.django_db(transaction=True)
def test_one_after_the_other():
    assert not both_inside(alone, alone)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_meet():
    assert both_inside(nullcontext, nullcontext)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_machines_share_the_lock_of_the_database():
    """Different files stand for different machines."""
    assert not both_inside(lambda: alone("one"), lambda: alone("two"))
