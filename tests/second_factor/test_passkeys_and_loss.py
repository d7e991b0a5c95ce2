"""Passkeys, recovery codes, and what happens when all is lost."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.accounts.domain import factor
from portal.accounts.domain.breakglass import make_address
from portal.accounts.urls import FACTOR
from tests.second_factor.phone import ADDRESS, in_session

pytestmark = pytest.mark.django_db


JUNK = ["", "x", "{}", "[]", "[1]", '"x"', "1", "null", '{"id":"a","rawId":"a","type":"public-key","response":{}}']
JUNK += ['{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"YQ"}}']
JUNK += [
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"YQ","signature":"YQ"}}'
]


@pytest.mark.parametrize("credential", JUNK)
def test_what_is_no_passkey_is_refused_with_words(client, with_app, come_in, credential, phone):
    come_in(client)
    client.get(reverse("mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), {"credential": credential}).status_code == 422
    client.post(reverse("mfa_authenticate"), {"code": phone.code()})
    for name in ("mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
        client.get(reverse(name))
        assert client.post(reverse(name), {"credential": credential}).status_code in {302, 422}
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_the_page_of_a_passkey_says_what_it_needs_and_brings_its_own_script(client, editor, come_in):
    come_in(client)
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    assert "Dafür braucht es JavaScript, eine sichere Verbindung (https)" in page
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page.partition("</main>")[0]))
    assert "accounts/passkey.js" in page


def test_passkeys_belong_to_the_host_of_the_portal(client, editor, come_in, settings):
    settings.BASE_URL = "https://portal.kreis.example"
    come_in(client)
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    assert "&quot;id&quot;: &quot;portal.kreis.example&quot;" in page


def test_new_recovery_codes_end_the_old_ones(client, with_app, recovery_codes, phone, come_in, outbox, commits):
    come_in(client)
    client.post(reverse("mfa_authenticate"), {"code": phone.code()})
    client.post(reverse("mfa_generate_recovery_codes"))
    assert "neue Ersatzcodes" in outbox(ADDRESS)[-1].text
    other = Client()
    come_in(other)
    other.post(reverse("mfa_authenticate"), {"code": recovery_codes[0]})
    assert not in_session(other)


def test_a_lost_factor_is_reset_on_the_server(with_app, recovery_codes, outbox, capsys):
    client = Client()
    client.force_login(with_app)
    call_command("staff_reset_factor", ADDRESS.upper())
    assert "keinen zweiten Faktor mehr" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    assert "Ihr zweiter Faktor hat sich geändert" in client.get("/konto/", follow=True).content.decode()
    assert "zurückgesetzt" in outbox(ADDRESS)[-1].text
    assert ModelLogEntry.objects.filter(action=factor.RESET).count() == 1
    with pytest.raises(CommandError, match="keinen zweiten Faktor"):
        call_command("staff_reset_factor", ADDRESS)


def test_the_address_from_the_server_does_not_stand_in_for_the_factor(client, with_app, phone):
    one_time = make_address(ADDRESS).partition("//")[2].partition("/")[2]
    answer = client.post(f"/{one_time}")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not in_session(client)
    assert Client().post(f"/{one_time}").status_code == 410
    assert client.post(reverse("mfa_authenticate"), {"code": phone.code()})["Location"] == "/admin/"
    assert in_session(client)


def test_factors_go_with_the_person(with_app, recovery_codes):
    with_app.delete()
    assert not Authenticator.objects.exists()


def test_signed_out_people_see_nothing_of_it(client):
    for entry in FACTOR:
        path = reverse(entry.name, args=[1] if "pk" in str(entry.pattern) else [])
        assert client.get(path)["Location"].startswith(reverse("account_login"))
