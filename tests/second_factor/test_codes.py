"""Setting up an app, and its codes at the sign-in: right, wrong, late, pasted, used, two at once."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.core.context import request_context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.accounts.domain.staff import EDITORS, make_staff
from portal.accounts.factor_forms import CodeForm
from tests.second_factor.phone import ADDRESS, PERIOD, in_session

pytestmark = pytest.mark.django_db


def test_setting_up_an_app(client, editor, come_in, set_up, outbox):
    come_in(client)
    answer = set_up(client)
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    page = client.get(answer["Location"]).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert "Weiter zur Redaktion" in page
    told = outbox(ADDRESS)[-1]
    assert "zweiter Faktor hat sich geändert" in told.subject
    assert "Code-App als zweiten Faktor eingerichtet" in told.text
    assert "Code-App entfernen" in client.get(reverse("mfa_index")).content.decode()
    saved = client.get(reverse("mfa_download_recovery_codes"))
    assert saved["Content-Type"].startswith("text/plain")
    assert len(re.findall(r"^\d{8}$", saved.content.decode(), re.MULTILINE)) == 10


def test_the_page_of_the_app_works_with_eyes_hands_and_without_javascript(client, editor, come_in):
    come_in(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert 'src="data:image/svg+xml;base64,' in main
    assert "<script" not in main
    assert 'autocomplete="one-time-code"' in main
    assert "onpaste" not in main
    assert "otpauth://totp/" in main


def test_a_wrong_first_code_is_said_and_the_secret_stays(client, editor, come_in):
    come_in(client)
    first = client.get(reverse("mfa_activate_totp")).content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    again = answer.content.decode()
    assert answer.status_code == 422
    assert "Das stimmt nicht" in again
    secret = re.compile(r'<code class="rk-codes">([A-Z2-7 ]+)</code>')
    assert secret.search(first).group(1) == secret.search(again).group(1)
    assert not Authenticator.objects.exists()


def test_the_secret_is_not_in_the_database_for_all_to_read(client, editor, come_in, set_up, phone):
    come_in(client)
    set_up(client)
    assert phone.secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_after_a_new_secret_key_no_code_fits_and_nothing_breaks(client, with_app, come_in, phone, settings):
    settings.SECRET_KEY = "another-key-" + "9876543210" * 5
    come_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": phone.code()}).status_code == 422


def test_whoever_has_a_factor_must_give_it_at_the_sign_in(client, with_app, come_in, phone):
    answer = come_in(client, next_url="/admin/")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not in_session(client)
    assert client.get("/admin/").status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 422
    assert "Das stimmt nicht" in wrong.content.decode()
    right = client.post(reverse("mfa_authenticate"), {"code": phone.code()})
    assert right["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_codes_may_be_pasted_with_blanks_and_a_minute_late(client, with_app, come_in, phone):
    come_in(client)
    code = phone.code(periods=-1)
    client.post(reverse("mfa_authenticate"), {"code": f" {code[:3]} {code[3:]} "})
    assert in_session(client)


def test_a_code_of_the_app_signs_in_once(with_app, come_in, phone):
    first, second = Client(), Client()
    for client in (first, second):
        come_in(client)
    code = phone.code()
    for client in (first, second):
        cache.clear()
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert in_session(first)
    assert not in_session(second)
    phone.now += PERIOD
    cache.clear()
    second.post(reverse("mfa_authenticate"), {"code": code})
    assert not in_session(second)
    second.post(reverse("mfa_authenticate"), {"code": phone.code()})
    assert in_session(second)


def test_a_recovery_code_signs_in_once(with_app, come_in, recovery_codes):
    clients = Client(), Client()
    for client in clients:
        come_in(client)
        client.post(reverse("mfa_authenticate"), {"code": recovery_codes[0]})
    assert list(map(in_session, clients)) == [True, False]


def test_wrong_codes_are_counted_for_the_account_on_whatever_network(with_app, come_in, phone):
    other = make_staff("andere@kreis.example", group=EDITORS)
    TOTP.activate(other, phone.secret)
    first, elsewhere = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="198.51.100.7")
    for client in (first, elsewhere):
        come_in(client)
    for _try in range(5):
        assert first.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 422
    for client in (first, elsewhere):
        answer = client.post(reverse("mfa_authenticate"), {"code": phone.code()})
        assert "Das waren zu viele Versuche" in answer.content.decode()
    third = Client(REMOTE_ADDR="192.0.2.1")
    come_in(third, other.email)
    third.post(reverse("mfa_authenticate"), {"code": phone.code()})
    assert in_session(third)


def test_nobody_counts_against_an_account_without_the_code_from_its_mail(client, with_app, come_in, phone):
    stranger = Client()
    stranger.post(reverse("account_login"), {"login": ADDRESS})
    for _try in range(20):
        stranger.post(reverse("mfa_authenticate"), {"code": "000000"})
    come_in(client)
    client.post(reverse("mfa_authenticate"), {"code": phone.code()})
    assert in_session(client)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "form", "taken"),
    [("app", CodeForm, 1), ("recovery", CodeForm, 1), ("app", AuthenticateForm, 4)],
    ids=["app", "recovery", "control without the database"],
)
def test_the_same_code_four_times_at_once_works_once(
    kind, form, taken, with_app, phone, recovery_codes, monkeypatch, rf
):
    code = phone.code() if kind == "app" else recovery_codes[0]
    # As on four processes that share no cache.
    monkeypatch.setattr(TOTP, "_mark_code_used", lambda self, code: True)

    def use(_number):
        try:
            with request_context(rf.post("/")):
                return form(user=with_app, data={"code": code}).is_valid()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(use, range(4))).count(True) == taken
