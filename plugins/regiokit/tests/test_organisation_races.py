"""Two owners demote each other at once: one of them stays responsible."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection

from regiokit.organisations.domain import found_organisation, people
from regiokit.organisations.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owners(county):
    users = []
    for email in ("anna@verein.example", "ben@verein.example"):
        model = get_user_model()
        users.append(model(**{model.USERNAME_FIELD: email, "email": email}))
        users[-1].set_unusable_password()
        users[-1].save()
    of = found_organisation(users[0], name="Lesebrücke", municipality_id="05558012")
    of.memberships.create(user=users[1], role="owner")
    return of.memberships.order_by("pk")


def demote_each_other(owners, monkeypatch):
    """Let each owner demote the other; both are held, as long as the lock lets them, between looking and writing."""
    anna, ben = owners.select_related("user", "organisation")
    both_looked, over, write, results = threading.Barrier(2), threading.Event(), people.give_role, []

    def give_role_late(*arguments, **named):
        try:
            both_looked.wait(timeout=1)
        except threading.BrokenBarrierError:
            # The other one waits for the lock and comes here later, or never.
            results.append("alone")
        return write(*arguments, **named)

    monkeypatch.setattr(people, "give_role", give_role_late)

    def act(membership, by):
        while not over.wait(0.01):
            try:
                people.change_role(membership, role="editor", by=by)
            except (people.LastOwner, people.NotResponsible) as error:
                results.append(type(error).__name__)
            except OperationalError as error:
                # SQLite's database in memory, as tests use it, refuses instead of waiting: try again, as a person would.
                if "locked" in str(error):
                    continue
                results.append(repr(error))
            else:
                results.append("done")
            break
        connection.close()

    threads = [threading.Thread(target=act, args=(ben, anna.user)), threading.Thread(target=act, args=(anna, ben.user))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    over.set()
    return sorted(result for result in results if result != "alone")


def test_one_owner_stays(owners, monkeypatch):
    assert demote_each_other(owners, monkeypatch) == ["NotResponsible", "done"]
    assert sorted(owners.values_list("role", flat=True)) == ["editor", "owner"]


@pytest.mark.postgres
def test_without_the_lock_nobody_would_stay(owners, monkeypatch):
    """The control: without the row lock both look before either writes, so the test above can fail."""
    monkeypatch.setattr(people, "lock", lambda organisation: Organisation.objects.get(pk=organisation.pk))
    assert demote_each_other(owners, monkeypatch) == ["done", "done"]
    assert sorted(owners.values_list("role", flat=True)) == ["editor", "editor"]
