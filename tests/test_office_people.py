"""Administration manages people, and can neither become an administrator of everything nor take over one's account."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from portal.accounts.domain.staff import ADMINISTRATORS, EDITORS, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make_staff("chef@kreis.example", administrator=True, first_name="Chris", last_name="Chef")


@pytest.fixture
def administration(client):
    client.force_login(make_staff("leitung@kreis.example", group=ADMINISTRATORS))
    return client


def form(email, **more):
    return {"email": email, "first_name": "Noa", "last_name": "Neu", "is_active": "on", **more}


def test_administration_adds_and_changes_people(administration):
    address = reverse("wagtailusers_users:add")
    assert administration.post(address, form("neu@kreis.example")).status_code == 302
    user = get_user_model().objects.get(email="neu@kreis.example")
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    assert administration.post(edit, form("neu@kreis.example", last_name="Alt")).status_code == 302
    user.refresh_from_db()
    assert user.last_name == "Alt"


def test_administration_makes_nobody_an_administrator_of_everything(administration):
    administration.post(reverse("wagtailusers_users:add"), form("neu@kreis.example", is_superuser="on"))
    user = get_user_model().objects.get(email="neu@kreis.example")
    assert not user.is_superuser
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    assert "Das vergibt nur, wer selbst alle Rechte hat." in administration.get(edit).content.decode()
    administration.post(edit, form("neu@kreis.example", is_superuser="on"))
    user.refresh_from_db()
    assert not user.is_superuser


def test_an_administrators_account_is_not_taken_over(administration, chief):
    edit = reverse("wagtailusers_users:edit", args=[chief.pk])
    for answer in (administration.get(edit), administration.post(edit, form("leitung2@kreis.example"))):
        assert answer.status_code in {302, 403}
        assert b"chef@kreis.example" not in answer.content
    assert administration.post(reverse("wagtailusers_users:delete", args=[chief.pk])).status_code in {302, 403}
    chief.refresh_from_db()
    assert chief.email == "chef@kreis.example"


@pytest.mark.parametrize(("action", "data"), [("set_active_state", {"mark_as_active": "False"}), ("delete", {})])
def test_bulk_actions_leave_administrators_of_everything_alone(administration, chief, action, data):
    other = make_staff("redaktion@kreis.example", group=EDITORS)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", action])
    administration.post(f"{address}?id={chief.pk}&id={other.pk}", data)
    chief.refresh_from_db()
    assert chief.is_active
    assert not get_user_model().objects.filter(pk=other.pk, is_active=True).exists()


def test_whoever_has_all_rights_gives_them(client, chief):
    client.force_login(chief)
    client.post(reverse("wagtailusers_users:add"), form("zweite@kreis.example", is_superuser="on"))
    assert get_user_model().objects.get(email="zweite@kreis.example").is_superuser
