"""Staff are invited by command, enter by the same door, and have a way in on the day that no mail arrives."""

from datetime import timedelta
from io import StringIO
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.accounts.domain import breakglass
from portal.accounts.domain.staff import EDITORS, MODERATORS, make_staff, may_enter_admin
from portal.accounts.domain.towns import looking_after, towns_of
from regiokit import links

pytestmark = pytest.mark.django_db
ADDRESS = "redaktion@kreis.example"


def run(*arguments, **options) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def editor():
    return make_staff(ADDRESS, group=EDITORS)


@pytest.fixture
def one_time(editor):
    return urlsplit(run("staff_code", ADDRESS).split()[-1]).path


def test_an_invitation_makes_the_account_and_writes_a_mail(outbox):
    said = run("staff_invite", ADDRESS, group=MODERATORS, first_name="Mika")
    user = get_user_model().objects.get(email=ADDRESS)
    assert "Moderation" in said
    assert may_enter_admin(user)
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    mail = outbox(ADDRESS)[0]
    assert "Zugang zur Redaktion" in mail.subject
    assert mail.text.startswith("Guten Tag, Mika,")
    assert reverse("account_login") in mail.text
    assert "Moderation" in mail.html


def test_inviting_again_changes_but_never_doubles():
    run("staff_invite", ADDRESS, group=EDITORS)
    run("staff_invite", ADDRESS.upper(), administrator=True)
    user = get_user_model().objects.get()
    assert user.is_superuser
    assert [group.name for group in user.groups.all()] == [EDITORS]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([ADDRESS], "--group"),
        (["kein-mail", "--group", EDITORS], "keine E-Mail-Adresse"),
        ([ADDRESS, "--group", "Gibtsnicht"], "Es gibt: Administration, Coworking-Koordination, Moderation, Redaktion"),
    ],
)
def test_a_wrong_invitation_says_what_is_wrong_and_does_nothing(arguments, words):
    with pytest.raises(CommandError, match=words):
        run("staff_invite", *arguments)
    assert not get_user_model().objects.exists()


def test_staff_come_in_by_code_and_reach_the_admin(client, editor):
    client.force_login(editor)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert "Zur Redaktion" in client.get(reverse("account_home")).content.decode()


def test_moderators_get_towns_by_command():
    call_command("load_places", "coesfeld", verbosity=0)
    said = run("staff_invite", ADDRESS, "--group", MODERATORS, "--town", "Dülmen", "--town", "billerbeck")
    user = get_user_model().objects.get(email=ADDRESS)
    assert "Orte: Billerbeck, Dülmen" in said
    assert towns_of(user) == {"05558008", "05558016"}
    assert not towns_of(make_staff("alle@kreis.example", group=MODERATORS))


def test_an_unknown_town_stops_the_invitation():
    call_command("load_places", "coesfeld", verbosity=0)
    with pytest.raises(CommandError, match=r"'Atlantis' gibt es hier nicht. Es gibt: Ascheberg, Billerbeck"):
        run("staff_invite", ADDRESS, "--group", MODERATORS, "--town", "Atlantis")
    assert not get_user_model().objects.exists()


def test_whoever_has_the_town_or_no_town_at_all_looks_after_it():
    call_command("load_places", "coesfeld", verbosity=0)
    theirs = make_staff("a@kreis.example", group=MODERATORS, towns=["Dülmen", "Coesfeld"])
    make_staff("b@kreis.example", group=MODERATORS, towns=["Billerbeck"])
    every = make_staff("c@kreis.example", group=MODERATORS)
    users = get_user_model().objects.filter(groups__name=MODERATORS)
    assert set(looking_after(users, "05558016")) == {theirs, every}


def test_looking_at_the_one_time_address_changes_nothing(client, one_time, editor):
    for _look in range(3):
        page = client.get(one_time)
        assert page.status_code == 200
        assert "Jetzt anmelden" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_one_time_address_signs_in_once_and_is_recorded(client, one_time, editor):
    answer = client.post(one_time)
    assert answer["Location"] == reverse("wagtailadmin_home")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert ModelLogEntry.objects.filter(action=breakglass.USED, user=editor).count() == 1
    other = type(client)()
    for answer in (other.get(one_time), other.post(one_time)):
        assert answer.status_code == 410
        assert "gilt nicht mehr" in answer.content.decode()
    assert "_auth_user_id" not in other.session


def test_the_one_time_address_ends_after_ten_minutes(client, editor, monkeypatch, one_time):
    monkeypatch.setattr(breakglass, "MAX_AGE", timedelta(seconds=-1))
    assert client.post(one_time).status_code == 410


def test_altered_addresses_and_addresses_for_other_purposes_open_nothing(client, one_time, editor):
    assert client.post(one_time[:-3] + "x/").status_code == 410
    foreign = links.sign("something-else", [editor.pk, ""])
    assert client.post(reverse("account_break_glass", args=[foreign])).status_code == 410
    plain = signing.dumps([editor.pk, ""])
    assert client.post(reverse("account_break_glass", args=[plain])).status_code == 410


def test_the_one_time_address_is_for_staff_alone():
    get_user_model().objects.create_user("vorstand@verein.example")
    for address in ("vorstand@verein.example", "niemand@kreis.example"):
        with pytest.raises(CommandError, match="keinen Zugang"):
            run("staff_code", address)


def test_a_closed_account_has_no_one_time_address(client, one_time, editor):
    editor.is_active = False
    editor.save()
    assert client.post(one_time).status_code == 410


def test_people_can_be_added_and_changed_in_the_admin_without_passwords(client):
    client.force_login(make_staff("admin@kreis.example", administrator=True))
    page = client.get(reverse("wagtailusers_users:add")).content.decode()
    assert 'type="password"' not in page
    form = {"email": "neu@kreis.example", "first_name": "Noa", "last_name": "Neu", "is_active": "on"}
    answer = client.post(reverse("wagtailusers_users:add"), form)
    assert answer.status_code == 302
    user = get_user_model().objects.get(email="neu@kreis.example")
    assert not user.has_usable_password()
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    assert 'type="password"' not in client.get(edit).content.decode()
    assert client.post(edit, form | {"last_name": "Alt"}).status_code == 302
    user.refresh_from_db()
    assert user.last_name == "Alt"
    assert not user.has_usable_password()


def test_towns_are_chosen_in_the_form_of_a_person(client):
    call_command("load_places", "coesfeld", verbosity=0)
    client.force_login(make_staff("admin@kreis.example", administrator=True))
    user = make_staff(ADDRESS, group=MODERATORS)
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    assert "Orte" in client.get(edit).content.decode()
    form = {"email": ADDRESS, "first_name": "Mika", "last_name": "M", "is_active": "on", "towns": ["05558016"]}
    assert client.post(edit, form | {"groups": [group.pk for group in user.groups.all()]}).status_code == 302
    assert towns_of(user) == {"05558016"}
    assert "Dülmen" in client.get(reverse("wagtailusers_users:add")).content.decode()


def test_the_account_page_of_the_admin_has_no_password(client, editor):
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'type="password"' not in page
