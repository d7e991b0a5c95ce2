"""Accounts go when nobody uses them, but never those that others depend on."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from portal.accounts.domain.retention import erase_idle, erase_never_used
from regiokit.organisations.domain import found_organisation
from regiokit.organisations.models import Membership
from regiokit.places.models import Municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
LONG_AGO = timezone.now() - timedelta(days=900)
LIMIT = timezone.now() - timedelta(days=730)


def _user(name, **fields):
    return get_user_model().objects.create_user(f"{name}@example.org", **fields)


def _left():
    return set(get_user_model().objects.values_list("email", flat=True))


def test_whoever_has_not_signed_in_for_two_years_goes():
    _user("idle", last_login=LONG_AGO)
    _user("here", last_login=timezone.now())
    assert erase_idle(before=LIMIT) == 1
    assert _left() == {"here@example.org"}
    assert erase_idle(before=LIMIT) == 0


def test_staff_stays():
    _user("root", last_login=LONG_AGO, is_superuser=True)
    _user("editor", last_login=LONG_AGO).groups.add(Group.objects.get(name="Redaktion"))
    assert erase_idle(before=LIMIT) == 0


def test_whoever_acts_alone_for_an_organisation_stays_until_a_colleague_comes():
    owner = _user("owner", last_login=LONG_AGO)
    organisation = found_organisation(owner, name="Verein", municipality=Municipality.objects.first())
    assert erase_idle(before=LIMIT) == 0
    Membership.objects.create(organisation=organisation, user=_user("new", last_login=timezone.now()))
    assert erase_idle(before=LIMIT) == 1
    assert organisation.memberships.count() == 1


def test_of_idle_people_of_an_organisation_the_one_seen_last_stays():
    first = _user("first", last_login=LONG_AGO)
    organisation = found_organisation(first, name="Verein", municipality=Municipality.objects.first())
    for name, days in (("longest", 5), ("last", -5)):
        colleague = _user(name, last_login=LONG_AGO - timedelta(days=days))
        Membership.objects.create(organisation=organisation, user=colleague)
    assert erase_idle(before=LIMIT) == 2
    assert _left() == {"last@example.org"}
    assert erase_idle(before=LIMIT) == 0


def test_an_account_that_was_never_confirmed_goes_after_its_time():
    _user("begun", date_joined=LONG_AGO)
    _user("today")
    assert erase_never_used(before=LIMIT) == 1
    assert _left() == {"today@example.org"}
