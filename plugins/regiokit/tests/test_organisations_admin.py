"""Organisations in the Wagtail admin: staff find, check and mend them."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regiokit import conf
from regiokit.organisations.models import Membership, Organisation
from regiokit.organisations.signals import organisation_changed

pytestmark = pytest.mark.usefixtures("county")


def person(email, *, group=None, **fields):
    model = get_user_model()
    user = model(**{model.USERNAME_FIELD: email, "email": email, **fields})
    user.set_unusable_password()
    user.save()
    if group:
        user.groups.add(group)
    return user


def organisation(name="Lesebrücke e. V.", *, members=(), **fields):
    made = Organisation.objects.create(name=name, municipality_id="05558012", **fields)
    for member in members:
        Membership.objects.create(organisation=made, user=member)
    return made


def url(name, *args):
    return reverse(f"regiokit_organisations:{name}", args=args)


def form(of, **changes):
    names = ("name", "kind", "legal_form", "description", "contact_name", "phone", "phone_hours", "email", "website")
    members = "\n".join(member.user.email for member in of.memberships.all())
    values = {name: getattr(of, name) for name in names}
    return {**values, "municipality": of.municipality_id, "owners": members, "editors": "", **changes}


@pytest.fixture
def moderator(client):
    user = person("moderation@kreis.example", group=Group.objects.get(name=conf.moderators()))
    client.force_login(user)
    return user


@pytest.fixture
def heard():
    """Collect the organisations whose change is announced."""
    names = []

    def listen(sender, organisation, **_kwargs):
        names.append(organisation.name)

    organisation_changed.connect(listen)
    yield names
    organisation_changed.disconnect(listen)


def test_the_list_is_found_in_the_menu_and_narrowed(client, moderator):
    organisation(members=[person("anna@verein.example")])
    organisation("Werkhalle GmbH", kind=Organisation.Kind.OPERATOR)
    html = client.get(url("index")).content.decode()
    for words in ("Lesebrücke", "Werkhalle", "anna@verein.example", "Coesfeld", "Betrieb oder Anbieter"):
        assert words in html
    assert url("index") in client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Lesebrücke" not in client.get(url("index"), {"kind": "operator"}).content.decode()
    assert "Werkhalle" not in client.get(url("index"), {"q": "lese"}).content.decode()
    assert "Lesebrücke" not in client.get(url("index"), {"verified": "yes"}).content.decode()
    assert "Lesebrücke" in client.get(url("index"), {"verified": "no"}).content.decode()


def test_the_number_of_queries_does_not_grow(client, moderator):
    counts = []
    for number in (3, 27):
        for i in range(number):
            organisation(f"Verein {number} {i}", members=[person(f"p{number}-{i}@verein.example")])
        client.get(url("index"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("index")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_moderator_notes_the_check_and_takes_it_back(client, moderator, heard, django_capture_on_commit_callbacks):
    of = organisation()
    assert url("verify", of.pk) in client.get(url("edit", of.pk)).content.decode()
    assert "Als geprüft vermerken" in client.get(url("verify", of.pk)).content.decode()
    of.refresh_from_db()
    assert of.verified_at is None
    assert "woran Sie geprüft haben" in client.post(url("verify", of.pk)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url("verify", of.pk), {"ground": "call"}).status_code == 302
    of.refresh_from_db()
    assert of.verified_by == moderator
    assert of.verified_at
    assert "Als geprüft vermerkt" in client.get(url("history", of.pk)).content.decode()
    assert url("unverify", of.pk) in client.get(url("edit", of.pk)).content.decode()
    client.get(url("unverify", of.pk))
    assert "Bitte nennen Sie den Grund." in client.post(url("unverify", of.pk)).content.decode()
    client.post(url("unverify", of.pk), {"reason": "Der Verein ist aufgelöst."})
    of.refresh_from_db()
    assert (of.verified_at, of.verified_by) == (None, None)
    assert heard == [of.name]


def test_a_moderator_mends_the_name_and_adds_a_second_member(
    client, moderator, heard, django_capture_on_commit_callbacks
):
    anna, ben = person("anna@verein.example"), person("ben@verein.example")
    of = organisation(members=[anna])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url("edit", of.pk), form(of, name="Vorlesekreis", editors="Ben@verein.example"))
    assert answer.status_code == 302
    assert heard == ["Vorlesekreis"]
    assert dict(of.memberships.values_list("user", "role")) == {anna.pk: "owner", ben.pk: "editor"}
    client.post(url("edit", of.pk), form(of, owners="ben@verein.example"))
    assert dict(of.memberships.values_list("user", "role")) == {ben.pk: "owner"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"owners": "niemand@verein.example"}, "gibt es kein Konto"),
        ({"editors": "anna@verein.example"}, "nur einmal"),
    ],
)
def test_wrong_members_are_named(client, moderator, fields, message):
    of = organisation(members=[person("anna@verein.example")])
    answer = client.post(url("edit", of.pk), form(of, **fields))
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert of.memberships.count() == 1


def test_a_member_without_an_address_stays(client, moderator):
    silent = person("stumm@verein.example")
    of = organisation(members=[silent])
    type(silent).objects.filter(pk=silent.pk).update(email="")
    anna = person("anna@verein.example")
    client.post(url("edit", of.pk), form(of, owners="anna@verein.example"))
    assert set(of.memberships.values_list("user", flat=True)) == {silent.pk, anna.pk}


def test_whoever_only_writes_pages_sees_no_organisation(client):
    group = Group.objects.create(name="Nur Seiten")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person("seiten@kreis.example", group=group))
    of = organisation()
    for address in (url("index"), url("edit", of.pk), url("verify", of.pk), url("delete", of.pk)):
        assert client.get(address).status_code == 302
        assert client.post(address).status_code in (302, 405)
    of.refresh_from_db()
    assert of.verified_at is None
    assert url("index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_moderators_delete_nothing(client, moderator):
    of = organisation()
    client.post(url("delete", of.pk))
    assert Organisation.objects.filter(pk=of.pk).exists()


def test_an_administrator_adds_and_deletes_an_organisation_without_listings(client):
    client.force_login(person("admin@kreis.example", is_superuser=True, is_staff=True))
    assert client.post(url("add"), form(Organisation(pk=0, municipality_id="05558012"), name="Neu")).status_code == 302
    of = Organisation.objects.get(name="Neu")
    assert client.get(url("delete", of.pk)).status_code == 200
    client.post(url("delete", of.pk))
    assert not Organisation.objects.exists()
