"""Somebody on the staff, their telephone, and the ways to sign in."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.urls import reverse

from portal.accounts.domain.staff import EDITORS, make_staff
from tests.second_factor.phone import ADDRESS, Phone


@pytest.fixture
def phone(monkeypatch):
    return Phone(monkeypatch)


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def editor():
    return make_staff(ADDRESS, group=EDITORS)


@pytest.fixture
def come_in(outbox):
    """Return a callable that signs somebody in with the code from the mail, as far as that leads."""

    def sign_in(client, address=ADDRESS, next_url=""):
        client.post(reverse("account_login"), {"login": address, "next": next_url})
        mail = [mail for mail in outbox(address) if "Code für die Anmeldung" in mail.subject][-1]
        return client.post(
            reverse("account_confirm_login_code"), {"code": mail.subject.rsplit(" ", 1)[1], "next": next_url}
        )

    return sign_in


@pytest.fixture
def commits(monkeypatch):
    """Run at once what waits for a commit, as it does outside of tests: while the request is under way."""
    monkeypatch.setattr(transaction, "on_commit", lambda then, **options: then())


@pytest.fixture
def set_up(phone, commits):
    """Return a callable that sets up the app in a session that is recent."""

    def activate(client):
        page = client.get(reverse("mfa_activate_totp")).content.decode()
        phone.secret = re.search(r'<code class="rk-codes">([A-Z2-7 ]+)</code>', page).group(1).replace(" ", "")
        return client.post(reverse("mfa_activate_totp"), {"code": phone.code()})

    return activate


@pytest.fixture
def with_app(editor, phone):
    """The editor with an app, set up at some earlier time."""
    phone.secret = generate_totp_secret()
    TOTP.activate(editor, phone.secret)
    return editor


@pytest.fixture
def recovery_codes(with_app):
    return RecoveryCodes.activate(with_app).get_unused_codes()
