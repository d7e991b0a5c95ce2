"""The second factor: set up, asked for, required of staff in production, lost and reset."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import ModelLogEntry

from portal.accounts.domain import factor
from portal.accounts.domain.breakglass import make_address
from portal.accounts.domain.staff import EDITORS, make_staff
from portal.accounts.urls import FACTOR
from tests.permissions.test_matrix import addresses

pytestmark = pytest.mark.django_db
ADDRESS = "redaktion@kreis.example"
PERIOD = 30


class Phone:
    """An app that makes codes, and the clock that goes with it."""

    def __init__(self, monkeypatch):
        self.now = time.time()
        self.secret = ""
        monkeypatch.setattr(time, "time", lambda: self.now)

    def code(self, *, periods: int = 0) -> str:
        return format_hotp_value(hotp_value(self.secret, int(self.now // PERIOD) + periods))

    def next_code(self) -> str:
        self.now += PERIOD
        return self.code()


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


def in_session(client) -> bool:
    return "_auth_user_id" in client.session


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


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_the_same_code_twice_at_once_works_once(kind, with_app, phone, recovery_codes):
    code = phone.code() if kind == "app" else recovery_codes[0]

    def use(_number):
        try:
            # As on two processes that share no cache.
            found = Authenticator.objects.get(type="totp" if kind == "app" else "recovery_codes")
            return factor.use_up(found, code=code) if kind == "app" else found.wrap().validate_code(code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [False, False, False, True]
