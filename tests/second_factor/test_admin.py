"""The factor is required of staff in production: no door of the admin opens without it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from portal.accounts.domain import factor
from portal.accounts.domain.staff import EDITORS, make_staff
from tests.permissions.test_matrix import addresses
from tests.second_factor.phone import ADDRESS

pytestmark = pytest.mark.django_db


ADMIN = sorted({route for route, _name in addresses() if route.startswith("admin/")})


@pytest.mark.parametrize("administrator", [False, True])
def test_no_door_of_the_admin_opens_without_the_factor(required, client, administrator):
    person = make_staff(ADDRESS, group=EDITORS, administrator=administrator)
    client.force_login(person)
    opened = []
    for route in ADMIN:
        path = "/" + re.sub(r"<(?:\w+:)?\w+>", "1", re.sub(r"[\^$]|\\Z", "", route))
        if "(" in path or "logout" in path or path == "/admin/login/":
            continue
        for method in (client.get, client.post):
            answer = method(path)
            led = answer.status_code == 302 and answer["Location"].startswith(reverse("mfa_index"))
            if not (led or answer.status_code in {403, 404, 405}):
                opened.append(f"{path}: {answer.status_code}")
    assert len(ADMIN) > 100
    assert opened == []


def test_staff_without_a_factor_are_led_to_one_and_then_in(required, client, editor, come_in, set_up):
    answer = come_in(client, next_url="/admin/pages/")
    answer = client.get(answer["Location"])
    assert answer["Location"] == "/konto/zweiter-faktor/?next=%2Fadmin%2Fpages%2F"
    page = client.get(answer["Location"]).content.decode()
    assert "Für die Redaktion brauchen Sie einen zweiten Faktor" in page
    assert client.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    set_up(client)
    assert client.get("/admin/").status_code == 200


def test_a_session_from_before_the_factor_was_required_does_not_pass(client, with_app, settings, phone):
    client.force_login(with_app)
    assert client.get("/admin/").status_code == 200
    settings.SECOND_FACTOR_REQUIRED = True
    answer = client.get("/admin/reports/")
    assert answer["Location"] == "/konto/zweiter-faktor/erneut/?next=%2Fadmin%2Freports%2F"
    answer = client.post(answer["Location"], {"code": phone.code(), "next": "/admin/reports/"})
    assert answer["Location"] == "/admin/reports/"
    assert client.get("/admin/").status_code == 200


def test_without_the_factor_nothing_else_knows_that_somebody_is_staff(required, client, editor, admin_bar_page):
    client.force_login(editor)
    assert "wagtail-userbar" not in client.get(admin_bar_page).content.decode()


def test_with_the_factor_the_bar_of_the_admin_is_there(client, editor, admin_bar_page):
    client.force_login(editor)
    assert "wagtail-userbar" in client.get(admin_bar_page).content.decode()


@pytest.fixture
def admin_bar_page():
    return reverse("imprint")


def test_associations_need_none_and_may_have_one(required, client, come_in, set_up):
    person = get_user_model().objects.create_user("vorstand@verein.example")
    come_in(client, person.email)
    assert client.get(reverse("account_home")).status_code == 200
    set_up(client)
    assert factor.has_factor(person)
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Redaktion" not in page[page.index("<main") : page.index("</main>")]


def test_without_the_last_factor_the_admin_is_shut_again(required, client, editor, come_in, set_up):
    come_in(client)
    set_up(client)
    assert client.get("/admin/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert client.get("/admin/")["Location"].startswith(reverse("mfa_index"))


def test_a_new_and_a_removed_factor_end_other_sessions_and_write(client, editor, come_in, set_up, outbox):
    come_in(client)
    for act in (set_up, lambda client: client.post(reverse("mfa_deactivate_totp"))):
        elsewhere = Client()
        elsewhere.force_login(editor)
        act(client)
        told = elsewhere.get(reverse("account_home"), follow=True).content.decode()
        assert "Ihr zweiter Faktor hat sich geändert" in told
        assert client.get(reverse("account_home")).status_code == 200
    assert "entfernt" in outbox(ADDRESS)[-1].text
