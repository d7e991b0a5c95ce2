"""Sensitive pages ask again who is there."""

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from tests.second_factor.phone import ADDRESS

pytestmark = pytest.mark.django_db


SENSITIVE = [
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "account_change_address",
    "account_confirm_address",
]


@pytest.mark.parametrize("name", SENSITIVE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_sensitive_pages_ask_again_who_is_there(client, name, method, editor):
    client.force_login(editor)
    answer = getattr(client, method)(reverse(name))
    wanted = urlencode({"next": reverse(name)})
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?{wanted}"


def test_whoever_has_a_factor_shows_that_and_never_just_the_mailbox(client, with_app, phone, outbox):
    client.force_login(with_app)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    answer = client.post(reverse("account_reauthenticate"), {"send": "1"})
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert outbox(ADDRESS) == []
    client.post(reverse("mfa_reauthenticate"), {"code": phone.code()})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_a_code_by_mail_shows_who_is_there_without_a_factor(client, editor, outbox):
    client.force_login(editor)
    door = reverse("account_reauthenticate")
    assert "Code schicken" in client.get(door).content.decode()
    client.post(door, {"send": "1", "next": "/konto/adresse/"})
    code = outbox(ADDRESS)[-1].subject.rsplit(" ", 1)[1]
    assert client.post(door, {"code": "WRON-GWRO", "next": "/konto/adresse/"}).status_code == 422
    assert client.post(door, {"code": code, "next": "/konto/adresse/"})["Location"] == "/konto/adresse/"
    assert client.get("/konto/adresse/").status_code == 200
    assert client.post(door, {"code": code}).status_code == 422


def test_five_wrong_codes_use_the_mail_up(client, editor, outbox):
    client.force_login(editor)
    door = reverse("account_reauthenticate")
    client.post(door, {"send": "1"})
    for _try in range(5):
        client.post(door, {"code": "WRON-GWRO"})
    assert client.post(door, {"code": outbox(ADDRESS)[-1].subject.rsplit(" ", 1)[1]}).status_code == 422


def test_nobody_is_sent_away_after_showing_who_is_there(client, editor, outbox):
    client.force_login(editor)
    door = reverse("account_reauthenticate")
    client.post(door, {"send": "1"})
    code = outbox(ADDRESS)[-1].subject.rsplit(" ", 1)[1]
    answer = client.post(door, {"code": code, "next": "https://evil.example/"})
    assert answer["Location"] == reverse("account_home")


def test_what_was_shown_counts_for_a_quarter_of_an_hour(client, editor, come_in, phone):
    come_in(client)
    phone.now += 14 * 60
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    phone.now += 2 * 60
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
