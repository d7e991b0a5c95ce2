"""Two organisations that are one become one, with everything that any plugin knows about them."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from coworking.models import Space
from ehrenamt.models import Enquiry, Offer
from regiokit import conf
from regiokit.organisations.domain import audit, found_organisation, invitations, merging
from regiokit.organisations.domain.duplicates import suggestions
from regiokit.organisations.domain.organisations import relations
from regiokit.organisations.models import MergedOrganisation, Organisation
from regiokit.organisations.signals import organisation_changed, organisations_merging

pytestmark = pytest.mark.usefixtures("county")
TOWN = "05558012"
KNOWN = {
    "coworking.Space.organisation",
    "ehrenamt.Enquiry.organisation",
    "ehrenamt.Offer.organisation",
    "regiokit.Invitation.organisation",
    "regiokit.Membership.organisation",
    "regiokit.MergedOrganisation.into",
    "regiokit.OwnedPicture.organisation",
    "regiokit.VerificationDecision.organisation",
}


def person(name):
    return get_user_model().objects.create_user(f"{name}@verein.example")


@pytest.fixture
def staff(client):
    user = person("pruefung")
    user.groups.add(Group.objects.get(name=conf.moderators()))
    client.force_login(user)
    return user


@pytest.fixture
def kept():
    return found_organisation(person("anna"), name="TuS Höpingen e. V.", municipality_id=TOWN)


@pytest.fixture
def merged():
    return found_organisation(person("ben"), name="Tus Hoepingen", municipality_id=TOWN)


def offer_of(organisation, title="Kinderturnen"):
    fields = {"description": "Sie turnen.", "causes": ["sport"], "time": "weekly", "municipality_id": TOWN}
    offer = Offer.objects.create(organisation=organisation, title=title, **fields)
    offer.save_revision()
    return offer


def url(name, *arguments):
    return reverse(f"regiokit_organisations:{name}", args=arguments)


def seen(kept, merged):
    fresh = Organisation.objects.in_bulk([kept.pk, merged.pk])
    return merging.preview(fresh[kept.pk], fresh[merged.pk]).fingerprint


def test_no_relation_is_forgotten():
    found = {f"{relation.related_model._meta.label}.{relation.field.name}" for relation in relations()}
    assert found == KNOWN, "A new relation moves by itself; add it here and to the test below, with a row of its own."


def test_everything_moves_and_old_links_lead_on(
    client, staff, kept, merged, outbox, django_capture_on_commit_callbacks
):
    heard = []

    def listen(sender, organisation, **_kwargs):
        heard.append(organisation.pk)

    anna, ben = (get_user_model().objects.get(email=f"{name}@verein.example") for name in ("anna", "ben"))
    kept.memberships.create(user=ben, role="editor")
    offer = offer_of(merged)
    Enquiry.objects.create(
        organisation=merged,
        offer=offer,
        offer_title=offer.title,
        name="Eva",
        email="eva@person.example",
        message="Ich komme.",
    )
    space = Space.objects.create(organisation=merged, name="Turnhalle", municipality_id=TOWN)
    for organisation in (kept, merged):
        invitations.invite(organisation, email="neu@verein.example", role="editor", by=anna, as_staff=True)
    merged.verifications.create(decision="verified", ground="register", register_number="VR 1")
    MergedOrganisation.objects.create(number=999_999, name="noch älter", into=merged)
    image = get_image_model().objects.create(title="Halle", file="original_images/halle.png", width=1, height=1)
    merged.pictures.create(image=image)
    number = merged.pk
    page = client.get(url("merge", kept.pk), {"other": number}).content.decode()
    assert "Endgültig zusammenführen" in page
    assert "ben@verein.example (Verantwortlich)" in page
    assert Organisation.objects.filter(pk=number).exists()
    form = {"other": number, "seen": seen(kept, merged)}
    assert "Endgültig" in client.post(url("merge", kept.pk), {"other": number}).content.decode()
    organisation_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(url("merge", kept.pk), form).status_code == 302
    finally:
        organisation_changed.disconnect(listen)
    assert heard == [kept.pk]
    assert not Organisation.objects.filter(pk=number).exists()
    counts = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in relations()
        if relation.related_model._base_manager.filter(**{relation.field.name: kept}).exists()
    }
    assert counts == KNOWN
    offer.refresh_from_db()
    assert offer.get_latest_revision_as_object().organisation == kept
    offer.latest_revision.publish()
    space.refresh_from_db()
    assert space.organisation == kept
    assert dict(kept.memberships.values_list("user__email", "role")) == {anna.email: "owner", ben.email: "owner"}
    assert kept.invitations.count() == 1
    assert [merging.current_number(old) for old in (number, 999_999, kept.pk)] == [kept.pk, kept.pk, None]
    for address in (anna.email, ben.email):
        assert "sind jetzt eine Organisation" in outbox(address)[-1].subject
    assert ModelLogEntry.objects.for_instance(kept).filter(action=audit.MERGED, user=staff).count() == 1
    client.force_login(ben)
    for name in ("organisation_people", "organisation_edit"):
        answer = client.get(reverse(name, args=[number]))
        assert answer["Location"] == reverse(name, args=[kept.pk])
    client.force_login(person("fremd"))
    assert client.get(reverse("organisation_people", args=[number])).status_code == 404


@pytest.mark.parametrize("change", ["name", "offer", "version", "member"])
def test_whoever_saw_something_else_is_asked_again(client, staff, kept, merged, change):
    offer = offer_of(merged)
    form = {"other": merged.pk, "seen": seen(kept, merged)}
    if change == "name":
        Organisation.objects.filter(pk=merged.pk).update(name="Ganz anders")
    elif change == "offer":
        offer_of(merged, "Zweites")
    elif change == "version":
        offer.save_revision()
    else:
        merged.memberships.update(role="editor")
    answer = client.post(url("merge", kept.pk), form)
    assert "Prüfen Sie die Vorschau noch einmal" in answer.content.decode()
    assert Organisation.objects.count() == 2
    client.post(url("merge", kept.pk), {"other": merged.pk, "seen": seen(kept, merged)})
    assert Organisation.objects.count() == 1


def test_a_plugin_that_refuses_takes_everything_back(staff, kept, merged):
    def refuse(sender, kept, merged, **_kwargs):
        raise merging.CannotMerge("Beide haben eine laufende Abrechnung.")

    offer_of(merged)
    organisations_merging.connect(refuse)
    try:
        with pytest.raises(merging.CannotMerge):
            merging.merge_organisations(kept, merged, by=staff, seen=seen(kept, merged))
    finally:
        organisations_merging.disconnect(refuse)
    assert merged.offers.count() == 1
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize("other", ["", "0", "nichts", "99999999999999999999999", "kept"])
def test_wrong_choices_are_explained(client, staff, kept, other):
    number = kept.pk if other == "kept" else other
    for answer in (
        client.get(url("merge", kept.pk), {"other": number}),
        client.post(url("merge", kept.pk), {"other": number, "seen": "x"}),
    ):
        assert answer.status_code == 200
        assert "Vorschau zeigen" in answer.content.decode()
    assert Organisation.objects.count() == 1


def test_likely_duplicates_are_found_by_name_site_and_register_number(kept, merged):
    third = Organisation.objects.create(name="Turnen", municipality_id=TOWN, website="https://www.tus.example/")
    fourth = Organisation.objects.create(name="Laufen", municipality_id=TOWN, website="http://tus.example")
    for organisation, number in ((kept, "VR 12 34"), (merged, "vr1234"), (third, "VR 99")):
        organisation.verifications.create(decision="verified", register_number=number)
    found = {(pair.first.pk, pair.second.pk): len(pair.reasons) for pair in suggestions()}
    assert found == {(kept.pk, merged.pk): 2, (third.pk, fourth.pk): 1}


def test_the_list_of_duplicates_asks_as_often_at_60_as_at_3(client, staff):
    counts = []
    for begin, end in ((0, 3), (3, 60)):
        for number in range(begin, end):
            for name in (f"Verein {number}", f"VEREIN {number} e.V."):
                Organisation.objects.create(name=name, municipality_id=TOWN)
        client.get(url("duplicates"))
        with CaptureQueriesContext(connection) as queries:
            assert f"Verein {end - 1}" in client.get(url("duplicates")).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]
