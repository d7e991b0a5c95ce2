"""Every door but the sign-in by code is shut, and no password opens any."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.urls import reverse

from portal.accounts.domain.staff import make_staff
from portal.accounts.urls import CLOSED

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "admin@kreis.example", "korrekt-Pferd-Batterie-9"
SHUT = [
    "/admin/password_reset/",
    "/admin/password_reset/done/",
    "/admin/password_reset/confirm/MQ/set-password/",
    "/admin/password_reset/complete/",
    "/admin/account/change_password/",
    "/_util/login/",
    "/django-admin/",
    "/django-admin/login/",
    *[f"/konto/{address}" for address, _name in CLOSED],
]


@pytest.fixture
def with_password():
    user = make_staff(ADDRESS, administrator=True)
    user.set_password(PASSWORD)
    user.save()
    return user


def form():
    fields = ("username", "email", "login")
    return {**dict.fromkeys(fields, ADDRESS), "password": PASSWORD, "password1": PASSWORD, "code": PASSWORD}


@pytest.mark.parametrize("door", SHUT)
def test_shut_doors_do_not_exist(client, door, with_password):
    assert client.get(door).status_code == 404
    assert client.post(door, form()).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "door", [*SHUT, "/admin/login/", "/admin/", "/konto/anmelden/", "/konto/code/", "/konto/registrieren/"]
)
def test_no_password_opens_any_door(client, door, with_password):
    client.post(door, form())
    assert "_auth_user_id" not in client.session


def test_no_password_is_ever_right(with_password, rf):
    for name in ("username", "email", "login"):
        assert authenticate(rf.post("/"), **{name: ADDRESS}, password=PASSWORD) is None


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("/admin/login/", "/admin/"),
        ("/admin/login/?next=/admin/pages/", "/admin/pages/"),
        ("/admin/login/?next=https://evil.example/", "/admin/"),
        ("/admin/login/?next=//evil.example/", "/admin/"),
    ],
)
def test_the_login_page_of_the_admin_leads_to_the_code(client, asked, wanted):
    answer = client.get(asked)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert answer.wsgi_request.GET.get("next", "/") is not None
    assert client.get(answer["Location"]).wsgi_request.GET["next"] == wanted


def test_the_login_page_of_the_admin_takes_nothing(client, with_password):
    assert client.post("/admin/login/", form()).status_code == 405


def test_the_admin_asks_visitors_to_sign_in_by_code(client):
    answer = client.get("/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_associations_are_told_that_the_admin_is_not_for_them(client):
    client.force_login(get_user_model().objects.create_user("vorstand@verein.example"))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert len(answer.redirect_chain) == 1
    page = answer.content.decode()
    assert "nicht für Sie freigegeben" in page or "nicht freigegeben" in page
