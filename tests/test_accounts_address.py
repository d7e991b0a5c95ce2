"""Another address for an account: asked who is there, confirmed at the new mailbox, told to the old one."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
OLD, NEW = "alt@verein.example", "neu@verein.example"


@pytest.fixture
def person():
    return get_user_model().objects.create_user(OLD)


def code(outbox, address):
    return outbox(address)[-1].subject.rsplit(" ", 1)[1]


@pytest.fixture
def shown(client, person, outbox):
    """A browser in which the person has just shown who they are."""
    client.post(reverse("account_login"), {"login": OLD})
    client.post(reverse("account_confirm_login_code"), {"code": code(outbox, OLD)})
    return client


def test_the_address_changes_after_the_code_and_the_old_one_is_told(shown, person, outbox):
    elsewhere = Client()
    elsewhere.force_login(person)
    answer = shown.post(reverse("account_change_address"), {"email": NEW.upper()})
    assert answer["Location"] == reverse("account_confirm_address")
    assert NEW in shown.get(answer["Location"]).content.decode()
    person.refresh_from_db()
    assert person.email == OLD
    assert shown.post(answer["Location"], {"code": code(outbox, NEW)})["Location"] == reverse("account_home")
    person.refresh_from_db()
    assert person.email == NEW
    kept = EmailAddress.objects.get(user=person)
    assert (kept.email, kept.verified, kept.primary) == (NEW, True, True)
    told = outbox(OLD)[-1]
    assert "hat sich geändert" in told.subject
    assert NEW not in told.text
    assert shown.get(reverse("account_home")).status_code == 200
    said = elsewhere.get(reverse("account_home"), follow=True).content.decode()
    assert "Die E-Mail-Adresse Ihres Kontos hat sich geändert" in said


def test_the_old_address_opens_nothing_and_the_new_one_does(shown, person, outbox):
    shown.post(reverse("account_change_address"), {"email": NEW})
    shown.post(reverse("account_confirm_address"), {"code": code(outbox, NEW)})
    count = len(outbox(OLD))
    Client().post(reverse("account_login"), {"login": OLD})
    assert "Code für die Anmeldung" not in outbox(OLD)[-1].subject
    assert len(outbox(OLD)) == count + 1
    later = Client()
    later.post(reverse("account_login"), {"login": NEW})
    later.post(reverse("account_confirm_login_code"), {"code": code(outbox, NEW)})
    assert later.get(reverse("account_home")).status_code == 200


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "geben Sie Ihre E-Mail-Adresse ein"), ("kein", "vollständige E-Mail-Adresse"), (OLD, "schon angegeben")],
)
def test_a_wrong_address_is_said_and_kept(shown, typed, words):
    answer = shown.post(reverse("account_change_address"), {"email": typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_five_wrong_codes_begin_anew(shown, person, outbox):
    shown.post(reverse("account_change_address"), {"email": NEW})
    right = code(outbox, NEW)
    for _try in range(5):
        assert shown.post(reverse("account_confirm_address"), {"code": "WRON-GWRO"}).status_code == 422
    answer = shown.post(reverse("account_confirm_address"), {"code": right})
    assert answer["Location"] == reverse("account_change_address")
    person.refresh_from_db()
    assert person.email == OLD


def test_a_foreign_account_is_told_to_its_mailbox_alone(shown, person, outbox):
    get_user_model().objects.create_user(NEW)
    answer = shown.post(reverse("account_change_address"), {"email": NEW})
    assert answer["Location"] == reverse("account_confirm_address")
    assert "schon ein Konto" in outbox(NEW)[-1].subject
    for typed in ("", "WRON-GWRO"):
        assert shown.post(answer["Location"], {"code": typed}).status_code == 422
    person.refresh_from_db()
    assert person.email == OLD


def test_whoever_was_quicker_with_the_address_keeps_it(shown, person, outbox):
    shown.post(reverse("account_change_address"), {"email": NEW})
    get_user_model().objects.create_user(NEW)
    answer = shown.post(reverse("account_confirm_address"), {"code": code(outbox, NEW)})
    assert answer["Location"] == reverse("account_change_address")
    person.refresh_from_db()
    assert person.email == OLD


def test_codes_are_not_sent_without_end(shown, outbox):
    statuses = [shown.post(reverse("account_change_address"), {"email": NEW}).status_code for _try in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert len(outbox(NEW)) == 3
