"""Staff in the Wagtail admin: find, see, approve, return; nothing unseen goes public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ehrenamt.domain import offers
from ehrenamt.models import Offer


@pytest.fixture
def staff(client, moderator):
    """A client of a signed-in moderator."""
    client.force_login(moderator)
    return client


@pytest.fixture
def submitted(draft, member):
    """An offer that waits for approval."""
    return offers.submit_offer(draft(), by=member)


def _url(name, *args):
    return reverse(f"wagtailsnippets_ehrenamt_offer:{name}", args=args)


def _act(staff, offer, action, comment=""):
    task = offer.current_workflow_task_state
    return staff.post(_url("workflow_action", offer.pk, action, task.pk), {"comment": comment})


def test_what_waits_is_seen_in_all_three_places(staff, submitted):
    assert submitted.title in staff.get(reverse("wagtailadmin_home")).content.decode()
    assert submitted.title in staff.get(reverse("wagtailadmin_reports:workflow_tasks")).content.decode()
    text = staff.get(_url("list")).content.decode()
    assert submitted.title in text
    assert "zu prüfen" in text
    assert "Coesfeld" in text
    assert "Lesebrücke" in text


def test_a_moderator_approves_what_was_sent(staff, submitted):
    assert staff.get(_url("edit", submitted.pk)).status_code == 200
    assert _act(staff, submitted, "approve").status_code in (200, 302)
    assert Offer.objects.get(pk=submitted.pk).stage == "live"


def test_a_moderator_returns_with_a_reason(staff, submitted, outbox, member):
    _act(staff, submitted, "reject", "Bitte nennen Sie die Uhrzeit.")
    assert Offer.objects.get(pk=submitted.pk).return_reason == "Bitte nennen Sie die Uhrzeit."
    assert "Bitte nennen Sie die Uhrzeit." in outbox(member.email)[-1].text


def test_members_get_no_admin_links(submitted, outbox, member, mailoutbox):
    assert outbox(member.email)
    for mail in outbox(member.email):
        assert "/admin/" not in mail.text
    assert all(member.email not in mail.to for mail in mailoutbox)


def test_moderators_get_a_mail(moderator, draft, member, mailoutbox, outbox):
    """Wagtail's own, or the one the host writes in its place."""
    offers.submit_offer(draft(), by=member)
    texts = [mail.body for mail in mailoutbox if mail.to == [moderator.email]]
    (text,) = [*texts, *(mail.text for mail in outbox(moderator.email))]
    assert "/admin/" in text


def test_while_an_entry_waits_there_is_one_way_to_release_it(staff, submitted):
    page = staff.get(_url("edit", submitted.pk)).content.decode()
    assert "Freigeben" in page
    assert 'name="action-publish"' not in page


def test_a_group_that_may_not_change_offers_neither_sees_nor_decides(staff, submitted, moderator):
    group = moderator.groups.get()
    group.permissions.remove(group.permissions.get(codename="change_offer"))
    assert submitted.title not in staff.get(reverse("wagtailadmin_home")).content.decode()
    answer = _act(staff, submitted, "approve")
    assert answer.status_code in (302, 403)
    assert not Offer.objects.get(pk=submitted.pk).live


def test_the_preview_shows_the_public_page(staff, submitted):
    edit = _url("preview_on_edit", submitted.pk)
    page = staff.get(_url("edit", submitted.pk))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    data["causes"] = ["school"]
    assert staff.post(edit, data).json()["is_valid"]
    text = staff.get(edit).content.decode()
    assert "Was Sie tun" in text
    assert "Kindern vorlesen" in text
    task = submitted.current_workflow_task_state
    assert staff.get(_url("workflow_preview", submitted.pk, task.task_id)).status_code == 200


def test_a_stale_approval_is_refused_in_the_admin(staff, submitted, member):
    newer = submitted.get_latest_revision_as_object()
    newer.title = "Etwas ganz anderes"
    offers.save_offer_draft(newer, by=member)
    page = _act(staff, submitted, "approve")
    offer = Offer.objects.get(pk=submitted.pk)
    assert page.status_code == 302
    assert not offer.live
    assert offer.stage == "submitted"
    text = staff.get(page["Location"]).content.decode()
    assert "neuere Fassung" in text
    assert "Etwas ganz anderes" in text
    _act(staff, offer, "approve")
    assert Offer.objects.get(pk=submitted.pk).title == "Etwas ganz anderes"


def test_a_refused_approval_decides_nothing_the_second_time(staff, submitted, member):
    """A double click, a second tab and a colleague's old dashboard all send the form that was refused once more."""
    newer = submitted.get_latest_revision_as_object()
    newer.title = "Das hat niemand gesehen"
    offers.save_offer_draft(newer, by=member)
    old = submitted.current_workflow_task_state
    for _click in range(3):
        staff.post(_url("workflow_action", submitted.pk, "approve", old.pk), {"comment": ""})
        assert not Offer.objects.get(pk=submitted.pk).live
    offer = Offer.objects.get(pk=submitted.pk)
    assert offer.current_workflow_task_state.pk != old.pk
    _act(staff, offer, "approve")
    assert Offer.objects.get(pk=submitted.pk).live


def test_the_list_needs_the_same_queries_for_every_length(staff, draft, member):
    def more(number):
        for turn in range(number):
            offers.submit_offer(draft(title=f"Angebot {turn}"), by=member)

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(_url("list")).status_code == 200
        return len(queries)

    more(3)
    count()
    few = count()
    more(6)
    assert count() == few


def test_nobody_adds_an_offer_in_the_admin(staff, admin_client):
    for who in (staff, admin_client):
        for method in (who.get, who.post):
            assert method(_url("add")).status_code == 302
    assert _url("add") not in admin_client.get(_url("list")).content.decode()
    assert not Offer.objects.exists()


def test_a_stale_form_overwrites_nothing(staff, submitted, member):
    page = staff.get(_url("edit", submitted.pk))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    data |= {"causes": ["school"], "title": "Titel der Redaktion"}
    loaded = submitted.latest_revision
    data["loaded_revision_created_at"] = loaded.created_at.isoformat()
    data["loaded_revision_id"] = loaded.pk
    newer = Offer.objects.get(pk=submitted.pk).get_latest_revision_as_object()
    newer.title = "Titel des Vereins"
    offers.save_offer_draft(newer, by=member)
    page = staff.post(_url("edit", submitted.pk), data)
    assert "neuere Fassung" in page.content.decode()
    assert Offer.objects.get(pk=submitted.pk).get_latest_revision_as_object().title == "Titel des Vereins"


def test_members_never_enter_the_admin(client, member, submitted):
    client.force_login(member)
    for url in (_url("list"), _url("edit", submitted.pk)):
        assert client.get(url).status_code in (302, 403)
