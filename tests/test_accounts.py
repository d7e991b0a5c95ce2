"""People sign in with a code by e-mail, register, found an organisation, and see only their own."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse

from regiokit.organisations.domain import found_organisation
from regiokit.organisations.models import Membership, Organisation
from regiokit.places.models import Municipality

pytestmark = pytest.mark.django_db
ADDRESS = "vorstand@verein.example"


@pytest.fixture
def person():
    return get_user_model().objects.create_user(ADDRESS)


@pytest.fixture
def town(county):
    return Municipality.objects.order_by("name").first()


@pytest.fixture
def organisation(person, town):
    return found_organisation(person, name="Dorfladen Beispiel e. V.", municipality=town)


def code_in(mail) -> str:
    return re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4}|[A-Z0-9-]{6,9})$", mail.text, re.MULTILINE).group(1)


def ask_for_code(client, email=ADDRESS, next_url=""):
    return client.post(reverse("account_login"), {"login": email, "next": next_url})


def sign_in(client, outbox, email=ADDRESS, next_url=""):
    ask_for_code(client, email, next_url)
    code = code_in(outbox(email)[-1])
    return client.post(reverse("account_confirm_login_code"), {"code": code, "next": next_url})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_code_by_mail_signs_in(client, outbox, person):
    answer = sign_in(client, outbox)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("account_home")
    assert signed_in(client)
    page = client.get(reverse("account_home")).content.decode()
    assert "Organisation anlegen" in page


def test_capitals_of_the_address_do_not_matter(client, outbox, person):
    ask_for_code(client, ADDRESS.upper())
    assert [mail.to for mail in outbox()] == [ADDRESS.upper()] or outbox(ADDRESS)


def test_the_mail_says_what_to_do_and_by_when(client, outbox, person):
    ask_for_code(client)
    mail = outbox(ADDRESS)[0]
    code = code_in(mail)
    assert mail.subject == f"Ihr Code für die Anmeldung: {code}"
    assert "15 Minuten" in mail.text.splitlines()[0]
    assert code in mail.html
    assert "weil jemand mit Ihrer Adresse" in mail.text


def test_an_unknown_address_sees_the_same_page_and_gets_a_mail_that_explains(client, outbox, person):
    known = ask_for_code(client)
    stranger = type(client)()
    unknown = ask_for_code(stranger, "fremd@verein.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    pages = [visitor.get(known["Location"]).content.decode() for visitor in (client, stranger)]
    same = [
        re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page).replace(address, "…")
        for page, address in zip(pages, (ADDRESS, "fremd@verein.example"), strict=True)
    ]
    assert same[0] == same[1]
    mail = outbox("fremd@verein.example")[0]
    assert mail.subject == "Zu Ihrer Adresse gibt es noch kein Konto"
    assert reverse("account_signup") in mail.text


def test_a_wrong_code_says_so_beside_the_field(client, outbox, person):
    ask_for_code(client)
    page = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"}).content.decode()
    assert "Dieser Code stimmt nicht." in page
    assert "Bitte prüfen Sie Ihre Angaben" in page
    assert not signed_in(client)


def test_too_many_wrong_codes_end_the_attempt_with_a_reason(client, outbox, person):
    ask_for_code(client)
    for _try in range(5):
        answer = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Der Code gilt nicht mehr" in page
    right = code_in(outbox(ADDRESS)[0])
    client.post(reverse("account_confirm_login_code"), {"code": right})
    assert not signed_in(client)


def test_a_code_that_is_too_old_leads_back_with_a_reason(client, outbox, person):
    ask_for_code(client)
    code = code_in(outbox(ADDRESS)[0])
    session = client.session
    state = session["account_login"]["state"]["stages"]["login_by_code"]["data"]
    state["at"] -= 15 * 60 + 1
    session.save()
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert "abgelaufen" in answer["Location"]
    assert not signed_in(client)


def test_a_new_code_replaces_the_old_one(client, outbox, person):
    ask_for_code(client)
    answer = client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    page = client.get(answer["Location"]).content.decode()
    assert "Ein neuer Code ist unterwegs" in page
    first, second = (code_in(mail) for mail in outbox(ADDRESS))
    client.post(reverse("account_confirm_login_code"), {"code": first})
    assert not signed_in(client)
    client.post(reverse("account_confirm_login_code"), {"code": second})
    assert signed_in(client)


def test_asking_again_and_again_is_refused(client, outbox, person):
    for _try in range(8):
        answer = type(client)().post(reverse("account_login"), {"login": ADDRESS})
    assert len(outbox(ADDRESS)) <= 3
    assert "Das waren zu viele Versuche" in answer.content.decode()


def test_an_address_of_earlier_times_opens_nothing(client, outbox, person):
    sign_in(client, outbox)
    client.logout()
    person.email = "neu@verein.example"
    person.save()
    ask_for_code(client)
    assert outbox(ADDRESS)[-1].subject == "Zu Ihrer Adresse gibt es noch kein Konto"


def test_a_closed_account_is_out_at_once(client, outbox, person):
    sign_in(client, outbox)
    person.is_active = False
    person.save()
    assert client.get(reverse("account_home")).status_code == 302
    assert len(outbox(ADDRESS)) == 1
    ask_for_code(type(client)())
    assert outbox(ADDRESS)[-1].subject == "Zu Ihrer Adresse gibt es noch kein Konto"


def test_signing_out_needs_a_button(client, outbox, person):
    sign_in(client, outbox)
    assert "Jetzt abmelden" in client.get(reverse("account_logout")).content.decode()
    assert signed_in(client)
    assert client.post(reverse("account_logout"))["Location"] == "/"
    assert not signed_in(client)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_a_foreign_site(client, outbox, person, wanted):
    answer = sign_in(client, outbox, next_url=wanted)
    assert answer["Location"] == reverse("account_home")


def test_registering_leads_to_an_organisation(client, outbox, town):
    answer = client.post(reverse("account_signup"), {"email": "neu@verein.example"})
    assert answer["Location"] == reverse("account_email_verification_sent")
    mail = outbox("neu@verein.example")[0]
    assert mail.subject.startswith("Ihr Code für die Registrierung: ")
    answer = client.post(answer["Location"], {"code": code_in(mail)})
    assert answer["Location"] == reverse("account_home")
    user = get_user_model().objects.get(email="neu@verein.example")
    assert not user.has_usable_password()
    form = {
        "name": "Bürgerbus Beispiel e. V.",
        "kind": "association",
        "legal_form": "ev",
        "municipality": town.pk,
        "phone": "0221 4710 555",
        "release_phone": "on",
        "email": "neu@verein.example",
    }
    answer = client.post(reverse("organisation_create"), form)
    assert answer["Location"] == reverse("account_home")
    made = Organisation.objects.get()
    assert made.released == {"phone": "0221 4710 555"}
    assert made.memberships.get().user == user
    assert "Bürgerbus Beispiel e. V." in client.get(reverse("account_home")).content.decode()


def test_registering_twice_tells_only_the_mailbox(client, outbox, person):
    answer = client.post(reverse("account_signup"), {"email": ADDRESS})
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert client.get(answer["Location"]).status_code == 200
    assert outbox(ADDRESS)[0].subject == "Sie haben schon ein Konto"
    assert get_user_model().objects.count() == 1


@pytest.mark.parametrize("page", ["account_login", "account_signup"])
@pytest.mark.parametrize("wrong", ["", "kein-mail", "a\x00b@verein.example", "x" * 100_000])
def test_wrong_addresses_get_a_message(client, page, wrong):
    field = "login" if page == "account_login" else "email"
    answer = client.post(reverse(page), {field: wrong})
    assert answer.status_code in {200, 400, 422}
    if answer.status_code == 200:
        assert "Bitte prüfen Sie Ihre Angaben" in answer.content.decode()


def test_pages_of_the_door_are_german_and_set_no_message_cookie(client, outbox, person):
    for name in ("account_login", "account_signup"):
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        assert "messages" not in answer.cookies
    answer = ask_for_code(client)
    assert "messages" not in answer.cookies


def test_the_organisation_of_others_does_not_exist(client, outbox, organisation):
    stranger = get_user_model().objects.create_user("fremd@verein.example")
    client.force_login(stranger)
    address = reverse("organisation_edit", args=[organisation.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "Gekapert"}).status_code == 404
    organisation.refresh_from_db()
    assert organisation.name == "Dorfladen Beispiel e. V."


def test_only_responsible_people_change_an_organisation(client, person, organisation):
    Membership.objects.update(role=Membership.Role.EDITOR)
    client.force_login(person)
    assert client.get(reverse("organisation_edit", args=[organisation.pk])).status_code == 404


def test_a_new_name_is_checked_again(client, person, organisation, django_user_model):
    from regiokit.organisations.domain import verify_organisation

    verify_organisation(organisation, by=django_user_model.objects.create_user("pruefung@kreis.example"), ground="call")
    client.force_login(person)
    address = reverse("organisation_edit", args=[organisation.pk])
    form = {"name": organisation.name, "kind": "association", "legal_form": "ev"}
    form |= {"municipality": organisation.municipality_id, "phone": "0221 4710 1"}
    client.post(address, form)
    organisation.refresh_from_db()
    assert organisation.verified_at
    client.post(address, form | {"name": "Ganz anders e. V."})
    organisation.refresh_from_db()
    assert organisation.verified_at is None


@pytest.mark.parametrize("changed", ["name", "website"])
def test_staff_are_asked_to_check_again(client, person, organisation, outbox, settings, django_user_model, changed):
    from regiokit.organisations.domain import verify_organisation

    verify_organisation(organisation, by=django_user_model.objects.create_user("pruefung@kreis.example"), ground="call")
    client.force_login(person)
    new = {"name": "Ganz & anders e. V.", "website": "https://anders.example/"}[changed]
    for _turn in range(2):
        assert client.post(edit_address(organisation), edited(organisation, **{changed: new})).status_code == 302
    (mail,) = outbox(settings.REGION.coordinator["email"])
    assert "Dorfladen Beispiel e. V." in mail.subject
    assert f"jetzt „{new}“" in mail.text
    organisation.refresh_from_db()
    assert organisation.verified_at is None


def edit_address(organisation):
    return reverse("organisation_edit", args=[organisation.pk])


def edited(organisation, **changes):
    form = {"name": organisation.name, "kind": "association", "legal_form": "ev"}
    return form | {"municipality": organisation.municipality_id} | changes


def version_in(page) -> str:
    return re.search(r'name="version" value="([0-9a-f]{32})"', page.content.decode()).group(1)


def test_two_responsible_people_do_not_overwrite_each_other_unseen(client, person, organisation):
    client.force_login(person)
    address = edit_address(organisation)
    seen = version_in(client.get(address))
    first = edited(organisation, phone="0221 4710 1", version=seen)
    assert client.post(address, first).status_code == 302
    assert client.post(address, first).status_code == 302
    second = edited(organisation, description="Wir kaufen ein.", version=seen)
    refused = client.post(address, second)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "Inzwischen hat jemand anderes" in text
    assert "Wir kaufen ein." in text
    organisation.refresh_from_db()
    assert (organisation.phone, organisation.description) == ("0221 4710 1", "")
    assert client.post(address, second | {"version": version_in(refused)}).status_code == 302
    organisation.refresh_from_db()
    assert organisation.description == "Wir kaufen ein."


def test_a_double_click_founds_one_organisation(client, person, town):
    client.force_login(person)
    form = {"name": "Bürgerbus", "kind": "association", "legal_form": "ev", "municipality": town.pk}
    for phone in ("", "", "0221 4710 5"):
        assert client.post(reverse("organisation_create"), form | {"phone": phone}).status_code == 302
    assert Organisation.objects.get().phone == "0221 4710 5"
    client.post(reverse("organisation_create"), form | {"name": "Bürgerbus Nord"})
    assert Organisation.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_found_one_organisation(person, town):
    fields = {"name": "Bürgerbus", "municipality": town}

    def click(_number):
        try:
            return found_organisation(person, **fields).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
    assert Membership.objects.count() == 1


def test_mistakes_keep_what_was_typed(client, person, town):
    client.force_login(person)
    answer = client.post(reverse("organisation_create"), {"name": "", "kind": "association", "phone": "0221 4710 9"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bitte geben Sie den Namen Ihrer Organisation ein." in page
    assert "0221 4710 9" in page


def test_citizens_never_need_an_account(client):
    for name in ("account_home", "organisation_create"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def test_addresses_are_unique_whatever_their_capitals(person):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        get_user_model()(email=ADDRESS.upper()).save()


def test_somebody_without_an_account_registers_and_lands_back_at_the_invitation(client, outbox, organisation, person):
    from regiokit.organisations.domain import invitations

    invitations.invite(organisation, email="neu@verein.example", role="editor", by=person)
    link = re.search(r"http\S+(/konto/einladung/\S+)", outbox("neu@verein.example")[0].text).group(1)
    page = client.get(link).content.decode()
    signup = re.search(r'href="([^"]*registrieren[^"]*)"', page).group(1).replace("&amp;", "&")
    assert client.get(signup).status_code == 200
    asked = client.post(reverse("account_signup"), {"email": "neu@verein.example", "next": link})
    assert asked.status_code == 302
    code = code_in(outbox("neu@verein.example")[-1])
    entered = client.post(reverse("account_email_verification_sent"), {"code": code})
    assert entered["Location"] == link
    assert client.post(link).status_code == 302
    assert organisation.memberships.filter(user__email="neu@verein.example", role="editor").exists()


def test_the_sign_in_leads_back_to_the_invitation(client, outbox, organisation, person):
    from regiokit.organisations.domain import invitations

    get_user_model().objects.create_user("ben@verein.example")
    invitations.invite(organisation, email="ben@verein.example", role="editor", by=person)
    link = re.search(r"http\S+(/konto/einladung/\S+)", outbox("ben@verein.example")[0].text).group(1)
    answer = sign_in(client, outbox, "ben@verein.example", next_url=link)
    assert answer["Location"] == link
