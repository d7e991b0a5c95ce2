"""A person's sessions: seen, ended by the person, and ended at once when rights change."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.domain.devices import in_words
from portal.accounts.domain.staff import EDITORS, MODERATORS, make_staff
from portal.accounts.models import EndedSession, Session
from portal.accounts.session_store import DEVICE
from regiokit.organisations.domain import set_members
from regiokit.organisations.models import Membership, Organisation
from regiokit.places.models import Municipality

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def browser(user, agent=FIREFOX) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client(headers={"User-Agent": agent})
    client.force_login(user)
    # `force_login` signs in without a browser.
    session = client.session
    session[DEVICE] = in_words(agent)
    session.save()
    return client


def is_in(client) -> bool:
    return client.get(reverse("account_home")).status_code == 200


@pytest.fixture
def person():
    return get_user_model().objects.create_user("vorstand@verein.example")


@pytest.fixture
def organisation():
    call_command("load_places", "coesfeld", verbosity=0)
    town = Municipality.objects.order_by("name").first()
    return Organisation.objects.create(name="Verein", kind=Organisation.Kind.ASSOCIATION, municipality=town)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/141.0 Safari/537.36 Edg/141.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/141.0 Mobile Safari/537.36", "Chrome, Android"),
        ("", "Unbekanntes Gerät"),
        ("x" * 5000, "Unbekanntes Gerät"),
    ],
)
def test_a_device_is_named_by_browser_and_system_alone(agent, words):
    assert in_words(agent) == words


def test_the_list_shows_devices_and_never_keys_or_networks(person):
    here, there = browser(person), browser(person, "Mozilla/5.0 (iPhone) Safari/604.1")
    page = here.get(reverse("account_sessions")).content.decode()
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    assert there.session.session_key not in page
    assert "127.0.0.1" not in re.sub(r"<head>.*?</head>", "", page, flags=re.DOTALL)
    assert {field.name for field in Session._meta.fields} == {
        "session_key",
        "session_data",
        "expire_date",
        "user",
        "device",
        "last_used",
    }


def test_one_session_is_ended_from_elsewhere_and_the_person_is_told(person):
    here, there, third = browser(person), browser(person), browser(person)
    page = here.get(reverse("account_sessions")).content.decode()
    handle = Session.objects.get(pk=there.session.session_key).handle
    assert handle in re.findall(r'name="session" value="(\w+)"', page)
    here.post(reverse("account_sessions"), {"session": handle})
    answer = there.get(reverse("account_home"), follow=True)
    assert "auf einem anderen Gerät hier abgemeldet" in answer.content.decode()
    assert is_in(here)
    assert is_in(third)


def test_all_others_are_ended_at_once(person):
    here, others = browser(person), [browser(person), browser(person)]
    here.post(reverse("account_sessions"), {"others": "1"})
    assert is_in(here)
    assert not any(map(is_in, others))


def test_nobody_ends_the_sessions_of_others(person):
    stranger = browser(get_user_model().objects.create_user("fremd@verein.example"))
    mine = browser(person)
    handle = Session.objects.get(pk=mine.session.session_key).handle
    stranger.post(reverse("account_sessions"), {"session": handle})
    stranger.post(reverse("account_sessions"), {"others": "1"})
    assert is_in(mine)


def test_the_list_asks_as_often_for_3_sessions_as_for_60(person):
    here, asked = browser(person), {}
    here.get(reverse("account_sessions"))
    for count in (3, 60):
        while person.sessions.count() < count:
            browser(person)
        with CaptureQueriesContext(connection) as queries:
            here.get(reverse("account_sessions"))
        asked[count] = len(queries)
    assert asked[3] == asked[60]


def change(**fields):
    def act(person):
        for name, value in fields.items():
            setattr(person, name, value)
        person.save()

    return act


CHANGES = {
    "into a group": lambda person: person.groups.add(Group.objects.get(name=EDITORS)),
    "into a group, from its side": lambda person: Group.objects.get(name=EDITORS).user_set.add(person),
    "out of a group": lambda person: person.groups.remove(Group.objects.get(name=MODERATORS)),
    "out of all groups": lambda person: person.groups.clear(),
    "out of a group that is emptied": lambda person: Group.objects.get(name=MODERATORS).user_set.clear(),
    "with a group that goes": lambda person: Group.objects.get(name=MODERATORS).delete(),
    "administrator": change(is_superuser=True),
    "staff": change(is_staff=True),
    "address": change(email="neu@verein.example"),
    "member": lambda person: Membership.objects.create(user=person, organisation=Organisation.objects.get()),
}


@pytest.mark.parametrize("changed", CHANGES)
def test_sessions_end_everywhere_when_rights_change(person, organisation, changed):
    person.groups.add(Group.objects.get(name=MODERATORS))
    browsers = [browser(person), browser(person)]
    other = browser(get_user_model().objects.create_user("andere@verein.example"))
    assert all(map(is_in, browsers))
    CHANGES[changed](person)
    for ended in browsers:
        told = ended.get(reverse("account_home"), follow=True).content.decode()
        assert "geändert. Bitte melden Sie sich neu an." in told
    assert is_in(other)


@pytest.mark.parametrize("act", ["role", "out"])
def test_sessions_end_when_a_membership_changes(person, organisation, act, django_capture_on_commit_callbacks):
    def give(roles):
        with django_capture_on_commit_callbacks(execute=True):
            set_members(organisation, roles=roles)

    give({person: Membership.Role.OWNER})
    client = browser(person)
    give({person: Membership.Role.OWNER})
    assert is_in(client)
    give({person: Membership.Role.EDITOR} if act == "role" else {})
    assert not is_in(client)


def test_a_closed_account_is_out_at_once(person):
    client = browser(person)
    change(is_active=False)(person)
    assert not is_in(client)
    assert not person.sessions.exists()


def test_a_session_goes_with_the_person(person):
    client = browser(person)
    person.delete()
    assert not is_in(client)
    assert not Session.objects.exists()


def test_a_name_or_a_sign_in_ends_nothing(person):
    client = browser(person)
    change(first_name="Mika")(person)
    browser(person)
    assert is_in(client)


def test_whoever_changes_the_own_rights_stays_here_and_leaves_elsewhere(person, organisation):
    here, elsewhere = browser(person), browser(person)
    form = {"name": "Neu", "kind": Organisation.Kind.ASSOCIATION, "municipality": organisation.municipality_id}
    answer = here.post(reverse("organisation_create"), form | {"legal_form": "ev"})
    assert answer.status_code == 302, answer.content.decode()
    assert is_in(here)
    assert not is_in(elsewhere)


def test_the_user_form_of_the_admin_ends_the_sessions_of_that_person():
    admin = browser(make_staff("admin@kreis.example", administrator=True))
    editor = make_staff("redaktion@kreis.example", group=EDITORS)
    at_work = browser(editor)
    form = {"email": editor.email, "first_name": "Noa", "last_name": "Neu", "is_active": "on"}
    address = reverse("wagtailusers_users:edit", args=[editor.pk])
    assert admin.post(address, form | {"groups": [Group.objects.get(name=MODERATORS).pk]}).status_code == 302
    assert "Ihre Rechte haben sich geändert" in at_work.get("/admin/", follow=True).content.decode()
    assert admin.get("/admin/").status_code == 200


def test_several_people_closed_at_once_stay_out_after_they_are_opened_again(person):
    admin = browser(make_staff("admin@kreis.example", administrator=True))
    client = browser(person)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    for active in ("False", "True"):
        admin.post(f"{address}?id={person.pk}", {"mark_as_active": active})
    person.refresh_from_db()
    assert person.is_active
    assert not is_in(client)


def test_permissions_of_a_group_hold_with_the_next_request_without_a_new_sign_in():
    client = browser(make_staff("redaktion@kreis.example", group=EDITORS))
    assert client.get("/admin/").status_code == 200
    Group.objects.get(name=EDITORS).permissions.clear()
    assert client.get("/admin/").status_code == 302


def test_a_request_under_way_does_not_bring_an_ended_session_back(person):
    client = browser(person)
    under_way = client.session
    under_way["typed"] = "something"
    change(is_superuser=True)(person)
    with pytest.raises(UpdateError):
        under_way.save()
    assert not is_in(client)


def test_the_last_use_is_noted_every_ten_minutes(person, django_assert_num_queries):
    client = browser(person)
    key = client.session.session_key
    old = timezone.now() - timedelta(hours=3)
    Session.objects.filter(pk=key).update(last_used=old)
    client.get(reverse("account_home"))
    noted = Session.objects.get(pk=key).last_used
    assert noted > old
    client.get(reverse("account_home"))
    assert Session.objects.get(pk=key).last_used == noted


def test_what_has_run_out_is_cleared(person):
    browser(person)
    change(is_superuser=True)(person)
    browser(person)
    past = timezone.now() - timedelta(minutes=1)
    Session.objects.update(expire_date=past)
    EndedSession.objects.update(expire_date=past)
    call_command("clearsessions")
    assert not Session.objects.exists()
    assert not EndedSession.objects.exists()


def test_a_foreign_or_unknown_reason_says_nothing(client):
    for value in ("", "fremd", "<b>"):
        page = client.get(reverse("account_login"), {"beendet": value}).content.decode()
        assert "nicht mehr angemeldet" not in page
