"""Colleagues are invited, get roles, leave; somebody stays responsible, or everybody learns that nobody is."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from regiokit.organisations.domain import audit, found_organisation, invitations, ownership, people, without_owner
from regiokit.organisations.models import Invitation, Membership

OWNER, EDITOR = Membership.Role.OWNER, Membership.Role.EDITOR
pytestmark = pytest.mark.usefixtures("county")


def person(name, **fields):
    model = get_user_model()
    email = f"{name}@verein.example"
    user = model(**{model.USERNAME_FIELD: email, "email": email, **fields})
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def anna():
    return person("anna")


@pytest.fixture
def ben():
    return person("ben")


@pytest.fixture
def of(anna):
    return found_organisation(anna, name="Lesebrücke e. V.", municipality_id="05558012")


def join(of, user, role=EDITOR):
    return of.memberships.create(user=user, role=role)


def roles(of):
    return {member.user.email.split("@")[0]: str(member.role) for member in of.memberships.select_related("user")}


def url(name, *args):
    return reverse(f"organisation_{name}", args=args)


def acts(of):
    return list(ModelLogEntry.objects.for_instance(of).order_by("timestamp", "pk").values_list("action", flat=True))


# Invitations ---------------------------------------------------------------------------------------------------------


def test_an_invited_colleague_joins_once_and_only_with_that_address(client, of, anna, ben, outbox, link_in):
    client.force_login(anna)
    answer = client.post(url("invite", of.pk), {"email": "Ben@Verein.example ", "role": "editor"})
    assert answer["Location"].startswith(url("people", of.pk))
    assert "Die Einladung ist unterwegs" in client.get(answer["Location"]).content.decode()
    (mail,) = outbox("ben@verein.example")
    assert "Lesebrücke e. V." in mail.subject
    assert "Bearbeitung" not in mail.text
    assert "ein Passwort brauchen Sie nicht" in mail.text
    link = link_in(mail, "einladung")
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in str(list(Invitation.objects.values()))
    # Anna holds the link too, but it is not hers.
    assert client.post(link).status_code == 403
    client.logout()
    for _scanner in range(2):
        page = client.get(link)
        assert page.status_code == 200
        assert not page.cookies
        assert "Einladung von Lesebrücke" in page.content.decode()
    assert client.post(link).status_code == 403
    assert roles(of) == {"anna": "owner"}
    client.force_login(ben)
    assert "Einladung annehmen" in client.get(link).content.decode()
    assert roles(of) == {"anna": "owner"}
    assert client.post(link)["Location"].startswith(url("people", of.pk))
    assert roles(of) == {"anna": "owner", "ben": "editor"}
    assert "schon angenommen" in client.get(link).content.decode()
    of.memberships.filter(user=ben).delete()
    assert client.post(link).status_code == 410
    assert roles(of) == {"anna": "owner"}
    assert "ben@verein.example" in outbox(anna.email)[-1].text
    assert acts(of) == [audit.FOUNDED, audit.INVITED, audit.JOINED]


def test_an_invitation_can_be_sent_again_and_withdrawn(client, of, anna, ben, outbox, link_in):
    client.force_login(anna)
    for _turn in range(2):
        client.post(url("invite", of.pk), {"email": ben.email, "role": "owner"})
    invitation = of.invitations.get()
    client.post(url("invite_again", of.pk, invitation.pk))
    first, second, third = (link_in(mail, "einladung") for mail in outbox(ben.email))
    client.force_login(ben)
    for old in (first, second):
        assert client.get(old).status_code == 410
    assert client.get(third).status_code == 200
    client.force_login(anna)
    assert ben.email in client.get(url("people", of.pk)).content.decode()
    client.post(url("invite_withdraw", of.pk, invitation.pk))
    assert ben.email not in client.get(url("people", of.pk)).content.decode()
    client.force_login(ben)
    assert client.post(third).status_code == 410
    assert roles(of) == {"anna": "owner"}


def test_an_invitation_runs_out(client, of, anna, ben, outbox, link_in):
    invitations.invite(of, email=ben.email, role=EDITOR, by=anna)
    of.invitations.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.force_login(ben)
    answer = client.post(link_in(outbox(ben.email)[0], "einladung"))
    assert answer.status_code == 410
    assert "Bitten Sie die Organisation um eine neue" in answer.content.decode()
    assert roles(of) == {"anna": "owner"}


def test_an_owner_who_accepts_an_older_invitation_stays_owner(of, anna, ben):
    invitation = invitations.invite(of, email=ben.email, role=EDITOR, by=anna)
    join(of, ben, OWNER)
    invitations.accept(invitation, user=ben)
    assert roles(of) == {"anna": "owner", "ben": "owner"}


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("anna@verein.example", "Das sind Sie selbst."),
        ("BEN@verein.example", "Diese Person gehört schon dazu."),
        ("kein-at", "vollständige E-Mail-Adresse"),
        ("", "Bitte geben Sie die E-Mail-Adresse der Person ein."),
        ("a\x00b@verein.example", "Bitte prüfen Sie Ihre Angaben"),
    ],
)
def test_wrong_invitations_are_explained_and_kept(client, of, anna, ben, email, words, outbox):
    join(of, ben)
    client.force_login(anna)
    answer = client.post(url("invite", of.pk), {"email": email, "role": "editor"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert outbox() == []


def test_the_answer_does_not_tell_who_has_an_account(client, of, anna, ben):
    client.force_login(anna)
    known = client.post(url("invite", of.pk), {"email": ben.email, "role": "editor"})
    unknown = client.post(url("invite", of.pk), {"email": "niemand@verein.example", "role": "editor"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_nobody_fills_mailboxes(client, of, anna, outbox):
    client.force_login(anna)
    for number in range(invitations.PER_ORGANISATION + 1):
        answer = client.post(url("invite", of.pk), {"email": f"p{number}@verein.example", "role": "editor"})
    assert answer.status_code == 422
    assert "Morgen geht es wieder" in answer.content.decode()
    assert len(outbox()) == invitations.PER_ORGANISATION


def test_one_address_gets_few_mails_from_one_organisation(client, of, anna, ben, outbox):
    client.force_login(anna)
    for _turn in range(invitations.PER_ADDRESS + 2):
        client.post(url("invite", of.pk), {"email": ben.email, "role": "editor"})
    assert len(outbox(ben.email)) == invitations.PER_ADDRESS


# Roles ---------------------------------------------------------------------------------------------------------------


def test_owners_change_roles_and_everybody_concerned_learns_it(client, of, anna, ben, outbox):
    member = join(of, ben)
    client.force_login(anna)
    page = url("role", of.pk, member.pk)
    assert "mitverantwortlich" in client.get(page).content.decode()
    assert roles(of)["ben"] == "editor"
    for _click in range(2):
        client.post(page, {"role": "owner"})
    assert roles(of)["ben"] == "owner"
    assert "„Verantwortlich“" in outbox(ben.email)[0].text
    assert len(outbox(ben.email)) == 1
    client.post(page, {"role": "editor"})
    assert roles(of)["ben"] == "editor"
    assert acts(of).count(audit.ROLE) == 2


def test_a_removed_member_sees_nothing_any_more(client, of, anna, ben, outbox):
    member = join(of, ben)
    client.force_login(anna)
    page = url("remove", of.pk, member.pk)
    client.get(page)
    assert "ben" in roles(of)
    assert client.post(page).status_code == 302
    assert roles(of) == {"anna": "owner"}
    assert client.post(page).status_code == 404
    assert "beendet" in outbox(ben.email)[0].text
    client.force_login(ben)
    assert client.get(url("people", of.pk)).status_code == 404


def test_editors_see_people_but_decide_nothing(client, of, ben):
    join(of, ben)
    owner = of.memberships.get(role=OWNER)
    client.force_login(ben)
    page = client.get(url("people", of.pk)).content.decode()
    assert "anna@verein.example" in page
    assert url("role", of.pk, owner.pk) not in page
    for name, arguments in (("role", [owner.pk]), ("remove", [owner.pk]), ("invite", []), ("edit", [])):
        assert client.get(url(name, of.pk, *arguments)).status_code == 404
        assert client.post(url(name, of.pk, *arguments), {"role": "editor"}).status_code == 404
    assert client.get(url("claim", of.pk)).status_code == 302
    assert roles(of) == {"anna": "owner", "ben": "editor"}


def test_the_last_owner_hands_over_before_leaving(client, of, anna, ben, outbox):
    member = join(of, ben)
    client.force_login(anna)
    page = url("leave", of.pk)
    assert "Wer übernimmt die Verantwortung?" in client.get(page).content.decode()
    refused = client.post(page)
    assert refused.status_code == 422
    assert "Bitte wählen Sie, wer die Verantwortung übernimmt." in refused.content.decode()
    assert client.post(page, {"successor": of.memberships.get(user=anna).pk}).status_code == 422
    assert roles(of) == {"anna": "owner", "ben": "editor"}
    assert client.post(page, {"successor": member.pk}).status_code == 302
    assert roles(of) == {"ben": "owner"}
    assert "verantwortlich" in outbox(ben.email)[-1].text


def test_the_only_person_invites_somebody_first(client, of, anna):
    client.force_login(anna)
    page = client.get(url("leave", of.pk)).content.decode()
    assert "Sie sind die letzte Person" in page
    assert f"{url('invite', of.pk)}?rolle=owner" in page
    assert client.post(url("leave", of.pk)).status_code == 409
    assert roles(of) == {"anna": "owner"}
    invite = client.get(url("invite", of.pk), {"rolle": "owner"}).content.decode()
    assert re.search(r'value="owner"[^>]*checked', invite)
    assert re.search(r'value="editor"[^>]*checked', client.get(url("invite", of.pk)).content.decode())


def test_the_verbs_keep_an_owner_whoever_asks(of, anna, ben):
    own, member = of.memberships.get(), join(of, ben)
    for act in (
        lambda: people.leave(own),
        lambda: people.change_role(own, role=EDITOR, by=anna),
        lambda: people.remove_member(own, by=anna),
    ):
        with pytest.raises(people.LastOwner):
            act()
    with pytest.raises(people.NotResponsible):
        people.change_role(member, role=OWNER, by=ben)
    assert roles(of) == {"anna": "owner", "ben": "editor"}


# Nobody responsible --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gone", ["deactivated", "deleted"])
def test_editors_are_asked_once_to_take_over(client, of, anna, ben, outbox, settings, gone):
    member = join(of, ben)
    assert ownership.note_lost_owners() == 0
    if gone == "deleted":
        anna.delete()
    else:
        get_user_model().objects.filter(pk=anna.pk).update(is_active=False)
    assert list(without_owner()) == [of]
    assert [ownership.note_lost_owners(), ownership.note_lost_owners()] == [1, 0]
    (asked,) = outbox(ben.email)
    assert "Wer übernimmt" in asked.subject
    client.force_login(ben)
    assert "Niemand ist für diese Organisation verantwortlich" in client.get(url("people", of.pk)).content.decode()
    client.get(url("claim", of.pk))
    assert of.memberships.filter(claimed_at__isnull=False).count() == 0
    for _click in range(2):
        client.post(url("claim", of.pk))
    (told,) = outbox(settings.REGIOKIT_CONTACT["email"])
    assert "möchte „Lesebrücke e. V.“ übernehmen" in told.subject
    ownership.approve_claim(member, by=person("kreis"))
    assert roles(of)["ben"] == "owner"
    assert list(without_owner()) == []
    of.refresh_from_db()
    assert of.without_owner_since is None
    assert audit.WITHOUT_OWNER in acts(of)


def test_a_refused_offer_comes_back_with_the_reason(of, anna, ben, outbox):
    member = join(of, ben)
    anna.delete()
    ownership.claim(member)
    ownership.refuse_claim(member, by=person("kreis"), reason="Der Vorstand hat jemand anderes gewählt.")
    assert "Der Vorstand hat jemand anderes gewählt." in outbox(ben.email)[-1].text
    assert roles(of) == {"ben": "editor"}
    of.memberships.update(role=OWNER)
    with pytest.raises(ownership.NothingToClaim):
        ownership.claim(member)


def test_an_owner_who_comes_back_ends_it(of, anna, ben):
    join(of, ben)
    get_user_model().objects.filter(pk=anna.pk).update(is_active=False)
    ownership.note_lost_owners()
    get_user_model().objects.filter(pk=anna.pk).update(is_active=True)
    ownership.note_lost_owners()
    of.refresh_from_db()
    assert of.without_owner_since is None


def test_somebody_whom_no_mail_reaches_leaves_and_the_others_are_asked(of, anna, ben, outbox):
    join(of, ben)
    ownership.note_unreachable(of.memberships.get(user=anna), by=person("kreis"))
    assert roles(of) == {"ben": "editor"}
    assert "Wer übernimmt" in outbox(ben.email)[0].subject


# Lists and old rows --------------------------------------------------------------------------------------------------


def test_the_list_of_people_asks_as_often_at_60_as_at_3(client, of, anna):
    client.force_login(anna)
    counts = []
    for begin, end in ((0, 3), (3, 60)):
        for number in range(begin, end):
            join(of, person(f"p{number}"))
            of.invitations.create(email=f"e{number}@verein.example", token_hash=str(number))
        client.get(url("people", of.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("people", of.pk)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_old_invitations_and_log_lines_are_erased(of, anna):
    from regiokit.organisations import retention

    invitations.invite(of, email="ben@verein.example", role=EDITOR, by=anna)
    now = timezone.now()
    assert retention.erase_invitations(before=now - timedelta(days=90)) == 0
    assert retention.erase_invitations(before=now + timedelta(seconds=1)) == 1
    assert retention.erase_log(before=now - timedelta(days=1)) == 0
    assert retention.erase_log(before=now + timedelta(seconds=1)) == 2
    assert acts(of) == []
