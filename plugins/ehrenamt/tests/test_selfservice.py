"""Self-service of associations: walls, the form, both buttons, two editors."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from ehrenamt.domain import offers
from ehrenamt.models import ACCESS_FIELDS, Offer, OfferState
from regiokit.organisations.models import Organisation


@pytest.fixture
def fields():
    """Return what somebody types into the first five fields."""

    def make(**changes):
        values = {
            "title": "Kindern vorlesen",
            "description": "Sie lesen vor.",
            "causes": ["school"],
            "time": "weekly",
            "place": "05558012",
            "certificate": "none",
            "expenses": "unknown",
            "insurance": "unknown",
            **dict.fromkeys(ACCESS_FIELDS, "unknown"),
            "key": uuid.uuid4().hex,
            "action": "preview",
        }
        return values | changes

    return make


@pytest.fixture
def inside(client, association, member):
    """A client of a signed-in member."""
    client.force_login(member)
    return client


PAGES = ("offer_edit", "offer_preview", "offer_withdraw")
POSTS = ("offer_submit", "offer_pause", "offer_resume", "offer_confirm", "offer_withdraw")


def test_strangers_are_sent_to_sign_in(client, live):
    offer = live()
    for name in PAGES:
        assert client.get(reverse(f"ehrenamt:{name}", args=[offer.pk])).status_code == 302
    for name in ("my_offers", "offer_new"):
        assert client.get(reverse(f"ehrenamt:{name}")).status_code == 302


def test_offers_of_others_do_not_exist(client, live, enquire, person, organisation):
    offer, enquiry = live(), enquire()
    other = person("anderer@demo.example")
    organisation("Anderer Verein", member=other)
    client.force_login(other)
    for name in PAGES:
        assert client.get(reverse(f"ehrenamt:{name}", args=[offer.pk])).status_code == 404
    for name in POSTS:
        assert client.post(reverse(f"ehrenamt:{name}", args=[offer.pk])).status_code == 404
    assert client.get(reverse("ehrenamt:my_enquiry", args=[enquiry.pk])).status_code == 404
    assert (
        client.post(reverse("ehrenamt:my_enquiry", args=[enquiry.pk]), {"kind": "accept", "text": "x"}).status_code
        == 404
    )
    page = client.get(reverse("ehrenamt:my_offers")).content.decode()
    assert offer.title not in page
    assert enquiry.name not in page
    assert Offer.objects.get(pk=offer.pk).is_public


def test_unconfirmed_enquiries_are_not_shown(inside, enquire):
    enquiry = enquire(confirmed=False)
    assert inside.get(reverse("ehrenamt:my_enquiry", args=[enquiry.pk])).status_code == 404


def test_whoever_has_no_association_learns_what_to_do(client, person, settings):
    client.force_login(person("neu@demo.example"))
    settings.REGIOKIT_ORGANISATION_URL = "organisation_create"
    page = client.get(reverse("ehrenamt:my_offers"))
    assert page.status_code == 200
    assert reverse("organisation_create") in page.content.decode()
    assert client.get(reverse("ehrenamt:offer_new")).status_code == 302


def test_from_five_fields_to_the_moderators(inside, fields, outbox, member):
    page = inside.post(reverse("ehrenamt:offer_new"), fields(), follow=True)
    text = page.content.decode()
    assert "So wird Ihr Angebot aussehen" in text
    assert "Noch nicht öffentlich." in text
    assert "Gespeichert heute um" in text
    offer = Offer.objects.get()
    assert not offer.live
    assert offer.mode == "on_site"
    assert offer.municipality.name == "Coesfeld"
    seen = {"seen": offer.latest_revision_id}
    page = inside.post(reverse("ehrenamt:offer_submit", args=[offer.pk]), seen, follow=True)
    assert "Ihr Angebot wird geprüft" in page.content.decode()
    inside.post(reverse("ehrenamt:offer_submit", args=[offer.pk]), seen)
    assert len([mail for mail in outbox(member.email) if "angekommen" in mail.subject]) == 1
    assert Offer.objects.get().stage == "submitted"


@pytest.mark.parametrize(
    ("place", "part_online", "mode", "town"),
    [
        ("05558012", "", "on_site", "05558012"),
        ("05558012", "on", "hybrid", "05558012"),
        ("area", "", "area", None),
        ("online", "", "online", None),
    ],
)
def test_one_question_about_the_place(inside, fields, place, part_online, mode, town):
    inside.post(reverse("ehrenamt:offer_new"), fields(place=place, part_online=part_online))
    offer = Offer.objects.get()
    assert (offer.mode, offer.municipality_id) == (mode, town)
    assert (offer.lat is None) == (town is None)
    page = inside.get(reverse("ehrenamt:offer_edit", args=[offer.pk])).content.decode()
    assert f'<option value="{place}" selected>' in page


def test_moving_to_another_town_moves_the_marker(inside, fields):
    inside.post(reverse("ehrenamt:offer_new"), fields())
    offer = Offer.objects.get()
    form = fields(place="05558036", seen=offer.latest_revision_id)
    inside.post(reverse("ehrenamt:offer_edit", args=[offer.pk]), form)
    latest = Offer.objects.get().get_latest_revision_as_object()
    assert (latest.lat, latest.lon) == (latest.municipality.lat, latest.municipality.lon)


def test_a_draft_may_be_incomplete_but_is_not_sent(inside, fields):
    page = inside.post(
        reverse("ehrenamt:offer_new"), fields(description="", causes=[], place="", action="save"), follow=True
    )
    assert page.status_code == 200
    assert "Noch nicht öffentlich." in page.content.decode()
    offer = Offer.objects.get()
    page = inside.get(reverse("ehrenamt:offer_preview", args=[offer.pk])).content.decode()
    assert "Vor dem Senden fehlt noch etwas" in page
    assert "Zur Prüfung senden" not in page
    inside.post(reverse("ehrenamt:offer_submit", args=[offer.pk]), {"seen": offer.latest_revision_id})
    assert Offer.objects.get().stage == "draft"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "id_title"),
        ({"title": "x" * 81}, "id_title"),
        ({"description": "x" * 100_000}, "id_description"),
        ({"causes": ["sport", "social", "health", "school"]}, "id_causes_0"),
        ({"causes": ["nonsense"]}, "id_causes_0"),
        ({"time": "never"}, "id_time"),
        ({"place": "00000000"}, "id_place"),
        ({"min_age": "-1"}, "id_min_age"),
        ({"starts_on": "2027-02-01", "ends_on": "2027-01-01"}, "id_ends_on"),
        ({"starts_on": "gestern"}, "id_starts_on"),
    ],
)
def test_wrong_input_is_told_beside_the_field(inside, fields, changes, field):
    page = inside.post(reverse("ehrenamt:offer_new"), fields(**changes))
    text = page.content.decode()
    assert page.status_code == 422
    assert f'href="#{field}"' in text
    assert not Offer.objects.exists()
    if "description" not in changes:
        assert "Sie lesen vor." in text


def test_a_second_click_makes_no_second_offer(inside, fields):
    data = fields()
    first = inside.post(reverse("ehrenamt:offer_new"), data)
    second = inside.post(reverse("ehrenamt:offer_new"), data)
    assert first["Location"] == second["Location"]
    assert Offer.objects.count() == 1


def test_two_editors_at_once_lose_nothing(inside, fields):
    inside.post(reverse("ehrenamt:offer_new"), fields())
    offer = Offer.objects.get()
    edit = reverse("ehrenamt:offer_edit", args=[offer.pk])
    seen = offer.latest_revision_id
    assert inside.post(edit, fields(title="Ihres", seen=seen)).status_code == 302
    page = inside.post(edit, fields(title="Meines", seen=seen))
    text = page.content.decode()
    assert page.status_code == 409
    assert "Inzwischen gibt es eine neuere Fassung" in text
    assert 'value="Meines"' in text
    assert Offer.objects.get().get_latest_revision_as_object().title == "Ihres"
    newest = Offer.objects.get().latest_revision_id
    assert f'name="seen" value="{newest}"' in text
    assert inside.post(edit, fields(title="Meines", seen=newest)).status_code == 302


def test_changing_a_public_offer_leaves_the_public_version(inside, fields, live):
    offer = live()
    page = inside.post(
        reverse("ehrenamt:offer_edit", args=[offer.pk]), fields(title="Neu", seen=offer.latest_revision_id), follow=True
    )
    assert "Ihre Änderung ist noch nicht gesendet" in page.content.decode()
    assert "Kindern vorlesen" in inside.get(offer.get_absolute_url()).content.decode()


def test_what_waits_stands_first(inside, live, enquire, draft, member):
    offer = live()
    enquire(offer)
    OfferState.objects.update(confirmed_at=timezone.now() - timezone.timedelta(days=90))
    returned = offers.submit_offer(draft(title="Kasse führen"), by=member)
    returned.current_workflow_task_state.reject(comment="Bitte mit Uhrzeit.")
    text = inside.get(reverse("ehrenamt:my_offers")).content.decode()
    assert "1 Anfrage zu beantworten" in text
    assert "1 Angebot zu bestätigen" in text
    assert "1 Angebot zu überarbeiten" in text
    assert "Bitte mit Uhrzeit." in text
    inside.post(reverse("ehrenamt:offer_confirm", args=[offer.pk]))
    assert "zu bestätigen" not in inside.get(reverse("ehrenamt:my_offers")).content.decode()


def test_pause_resume_and_withdraw(inside, live):
    offer = live()
    inside.post(reverse("ehrenamt:offer_pause", args=[offer.pk]))
    assert "Pausiert, nicht öffentlich." in inside.get(reverse("ehrenamt:my_offers")).content.decode()
    inside.post(reverse("ehrenamt:offer_resume", args=[offer.pk]))
    assert Offer.objects.published().exists()
    assert inside.get(reverse("ehrenamt:offer_withdraw", args=[offer.pk])).status_code == 200
    assert Offer.objects.published().exists()
    inside.post(reverse("ehrenamt:offer_withdraw", args=[offer.pk]))
    assert not Offer.objects.published().exists()
    for name in ("offer_pause", "offer_submit", "offer_confirm", "offer_resume"):
        assert inside.get(reverse(f"ehrenamt:{name}", args=[offer.pk])).status_code == 405


def test_answering_while_signed_in(inside, enquire, outbox):
    enquiry = enquire()
    path = reverse("ehrenamt:my_enquiry", args=[enquiry.pk])
    assert inside.post(path, {"kind": "accept", "text": ""}).status_code == 422
    page = inside.post(path, {"kind": "accept", "text": "Gern am Dienstag."}, follow=True)
    assert "Ihre Zusage" in page.content.decode()
    assert outbox("petra@demo.example")[-1].subject.startswith("Antwort auf Ihre Anfrage")


def test_members_of_two_associations_choose(inside, fields, organisation, member):
    second = organisation("Bürgerbus e. V.", member=member)
    inside.force_login(member)
    page = inside.post(reverse("ehrenamt:offer_new"), fields())
    assert page.status_code == 422
    assert 'href="#id_organisation"' in page.content.decode()
    inside.post(reverse("ehrenamt:offer_new"), fields(organisation=second.pk))
    assert Offer.objects.get().organisation == second


def test_a_foreign_association_cannot_be_chosen(inside, fields, organisation, member, person):
    organisation("Bürgerbus e. V.", member=member)
    inside.force_login(member)
    foreign = organisation("Fremd e. V.", member=person("fremd@demo.example"))
    assert inside.post(reverse("ehrenamt:offer_new"), fields(organisation=foreign.pk)).status_code == 422
    assert not Offer.objects.exists()


def test_the_number_of_queries_does_not_grow(inside, many, django_assert_max_num_queries):
    many(40)
    with django_assert_max_num_queries(16):
        assert inside.get(reverse("ehrenamt:my_offers")).status_code == 200


def test_an_offer_that_staff_holds_is_not_changed(inside, live, fields):
    offer = live()
    Offer.objects.update(locked=True)
    edit = reverse("ehrenamt:offer_edit", args=[offer.pk])
    assert inside.get(edit).status_code == 409
    page = inside.post(edit, fields(title="Getippt", seen=offer.latest_revision_id))
    assert page.status_code == 409
    assert 'value="Getippt"' in page.content.decode()
    for name in ("offer_submit", "offer_withdraw"):
        page = inside.post(reverse(f"ehrenamt:{name}", args=[offer.pk]), {"seen": offer.latest_revision_id})
        assert page.status_code == 409
    assert Offer.objects.get().stage == "live"


def test_the_key_of_another_association_makes_an_offer_of_ones_own(inside, fields, organisation, member):
    second, data = organisation("Bürgerbus e. V.", member=member), fields()
    inside.force_login(member)
    first = Organisation.objects.exclude(pk=second.pk).get()
    for one in (first, second, first):
        assert inside.post(reverse("ehrenamt:offer_new"), data | {"organisation": one.pk}).status_code == 302
    assert {offer.organisation for offer in Offer.objects.all()} == {first, second}
    assert Offer.objects.count() == 2
