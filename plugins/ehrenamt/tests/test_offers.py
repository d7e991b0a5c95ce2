"""Verbs on offers: drafts, review, operating state."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from ehrenamt import signals
from ehrenamt.domain import offers
from ehrenamt.domain.browsing import answer_time, fresh_offers, needs_confirming, similar_offers
from ehrenamt.models import Enquiry, Offer, OfferState
from regiokit.listings.models import ListingLocked, NewerRevision
from regiokit.search.models import SearchEntry


def test_a_draft_is_seen_by_nobody(draft, member):
    offer = offers.save_offer_draft(draft(), by=member)
    assert offer.stage == "draft"
    assert not Offer.objects.published().exists()
    assert (offer.lat, offer.lon) == (offer.municipality.lat, offer.municipality.lon)


def test_submitting_tells_the_association_and_confirms(draft, member, outbox):
    offer = offers.submit_offer(draft(), by=member)
    assert offer.stage == "submitted"
    (mail,) = outbox(member.email)
    assert mail.subject == "Ihr Angebot ist angekommen: Kindern vorlesen"
    assert offer.operating.confirmed_at
    assert offer.operating.submitted_at


@pytest.mark.parametrize("lack", [{"description": ""}, {"causes": []}, {"time": ""}, {"municipality_id": None}])
def test_an_incomplete_offer_is_not_sent(draft, member, lack):
    with pytest.raises(offers.Incomplete):
        offers.submit_offer(draft(**lack), by=member)
    assert not Offer.objects.exists()


def test_an_online_offer_needs_no_place(draft):
    assert offers.missing(draft(municipality_id=None, mode="online")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"causes": ["nonsense"]},
        {"causes": "school"},
        {"ends_on": timezone.localdate(), "starts_on": timezone.localdate() + timedelta(days=1)},
        {"title": "x" * 81},
    ],
)
def test_wrong_values_are_refused(draft, member, wrong):
    with pytest.raises(ValidationError):
        offers.save_offer_draft(draft(**wrong), by=member)


def test_approval_publishes_and_tells(draft, member, moderator, outbox, django_capture_on_commit_callbacks):
    heard = []
    signals.offer_published.connect(
        lambda sender, offer, **kwargs: heard.append(offer.pk), weak=False, dispatch_uid="t"
    )
    offer = offers.submit_offer(draft(), by=member)
    with django_capture_on_commit_callbacks(execute=True):
        task = offer.current_workflow_task_state
        task.task.specific.on_action(task, moderator, "approve")
    signals.offer_published.disconnect(dispatch_uid="t")
    offer = Offer.objects.get(pk=offer.pk)
    assert offer.stage == "live"
    assert heard == [offer.pk]
    assert SearchEntry.objects.filter(source="ehrenamt.offer", object_id=offer.pk).exists()
    assert outbox(member.email)[-1].subject == "Ihr Angebot ist öffentlich: Kindern vorlesen"
    assert offer.get_absolute_url() in outbox(member.email)[-1].text
    assert offer.operating.submitted_at is None


def test_returning_tells_the_reason(draft, member, moderator, outbox, link_in):
    offer = offers.submit_offer(draft(), by=member)
    task = offer.current_workflow_task_state
    task.task.specific.on_action(task, moderator, "reject", comment="Bitte nennen Sie die Uhrzeit.")
    offer = Offer.objects.get(pk=offer.pk)
    assert offer.stage == "returned"
    assert offer.return_reason == "Bitte nennen Sie die Uhrzeit."
    mail = outbox(member.email)[-1]
    assert "Bitte nennen Sie die Uhrzeit." in mail.text
    assert "Bitte nennen Sie die Uhrzeit." in mail.html
    assert link_in(mail) == f"/ehrenamt/mein-verein/angebote/{offer.pk}/"


def test_a_stale_approval_is_refused(draft, member, moderator):
    offer = offers.submit_offer(draft(), by=member)
    task = offer.current_workflow_task_state
    newer = offer.get_latest_revision_as_object()
    newer.title = "Etwas ganz anderes"
    offers.save_offer_draft(newer, by=member)
    with pytest.raises(NewerRevision):
        task.task.specific.on_action(task, moderator, "approve")
    assert not Offer.objects.get(pk=offer.pk).live


def test_approval_publishes_the_revision_that_was_sent(draft, member, moderator):
    offer = offers.submit_offer(draft(), by=member)
    newer = offer.get_latest_revision_as_object()
    newer.title = "Kindern abends vorlesen"
    offers.submit_offer(newer, by=member)
    task = Offer.objects.get(pk=offer.pk).current_workflow_task_state
    task.task.specific.on_action(task, moderator, "approve")
    assert Offer.objects.get(pk=offer.pk).title == "Kindern abends vorlesen"


def test_publishing_an_older_revision_leaves_the_operating_state(live, member):
    offer = live()
    first = offer.latest_revision
    offers.confirm_offer(offer)
    offers.pause_offer(offer)
    before = OfferState.objects.get(listing=offer)
    newer = offer.get_latest_revision_as_object()
    newer.title = "Neu"
    offers.save_offer_draft(newer, by=member)
    first.publish()
    after = OfferState.objects.get(listing=offer)
    assert (after.confirmed_at, after.paused_at) == (before.confirmed_at, before.paused_at)


def test_pausing_hides_and_resuming_shows(live, django_capture_on_commit_callbacks):
    offer = live()
    with django_capture_on_commit_callbacks(execute=True):
        offers.pause_offer(offer)
    assert not Offer.objects.published().exists()
    assert not SearchEntry.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        offers.resume_offer(offer)
    assert Offer.objects.published().exists()
    assert SearchEntry.objects.exists()


def test_withdrawing_keeps_the_draft(live, member, django_capture_on_commit_callbacks):
    offer = live()
    with django_capture_on_commit_callbacks(execute=True):
        offers.withdraw_offer(offer, by=member)
    offer = Offer.objects.get(pk=offer.pk)
    assert offer.stage == "withdrawn"
    assert not SearchEntry.objects.exists()


def test_an_ended_offer_leaves_search_by_itself(live, django_capture_on_commit_callbacks):
    offer = live()
    Offer.objects.filter(pk=offer.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert not Offer.objects.published().exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert offers.refresh_ended_offers() == 1
    assert not SearchEntry.objects.exists()
    with django_capture_on_commit_callbacks(execute=True) as later:
        assert offers.refresh_ended_offers() == 0
    assert not later


def test_what_staff_hold_is_neither_saved_nor_sent_nor_withdrawn(live, member):
    offer = live()
    Offer.objects.update(locked=True)
    latest = offer.get_latest_revision_as_object()
    for verb in (offers.save_offer_draft, offers.submit_offer, offers.withdraw_offer):
        with pytest.raises(ListingLocked):
            verb(latest, by=member)
    offer = Offer.objects.get()
    assert offer.stage == "live"
    assert offer.latest_revision_id == latest.latest_revision_id


def test_two_editors_at_once(draft, member):
    offer = offers.save_offer_draft(draft(), by=member)
    seen = offer.latest_revision_id
    mine, theirs = offer.get_latest_revision_as_object(), offer.get_latest_revision_as_object()
    theirs.title = "Ihres"
    offers.save_offer_draft(theirs, by=member, seen=seen)
    mine.title = "Meines"
    with pytest.raises(NewerRevision):
        offers.save_offer_draft(mine, by=member, seen=seen)
    assert Offer.objects.get(pk=offer.pk).get_latest_revision_as_object().title == "Ihres"


def test_a_new_offer_sent_twice_is_one(draft, member):
    first = offers.save_offer_draft(draft(key="a" * 32), by=member)
    second = offers.save_offer_draft(draft(key="a" * 32), by=member)
    assert first.pk == second.pk
    assert Offer.objects.count() == 1


def test_similar_offers_share_a_cause_or_are_near(live, draft):
    offer = live()
    same = live(title="Hausaufgaben begleiten", causes=["school", "youth"])
    near = live(title="Rasen mähen", causes=["sport"])
    far = live(title="In Olfen helfen", municipality_id="05558036")
    found = similar_offers(offer)
    assert found[0] == same
    assert near in found
    assert far not in found


def test_the_median_needs_three_answers(association, enquire, live):
    offer = live()
    now = timezone.now()
    for days in (1, 2, 9):
        assert answer_time(association.pk) is None
        sent = enquire(offer)
        Enquiry.objects.filter(pk=sent.pk).update(
            state="answered", confirmed_at=now - timedelta(days=days), answered_at=now
        )
    assert answer_time(association.pk) == timedelta(days=2)


def test_offers_confirmed_long_ago_ask_to_be_confirmed(live):
    offer = live()
    assert not needs_confirming(offer)
    OfferState.objects.update(confirmed_at=timezone.now() - timedelta(days=61))
    assert needs_confirming(Offer.objects.get(pk=offer.pk))


def test_fresh_offers_of_a_town(live):
    offer = live()
    assert fresh_offers(town="05558012") == [offer]
    assert fresh_offers(town="05558036") == []


@pytest.mark.parametrize(
    ("text", "teaser"),
    [
        ("Kurz. Auch kurz.", "Kurz. Auch kurz."),
        ("Ein Satz. " + "Wort " * 60, "Ein Satz."),
        ("W" * 300, "W" * 159 + "…"),
        ("", ""),
    ],
)
def test_the_teaser_is_made_of_whole_sentences(text, teaser):
    assert Offer(description=text).teaser == teaser


@pytest.mark.parametrize(("title", "slug"), [("Bäume für Olfen", "baeume-fuer-olfen"), ("☂☂☂", "angebot")])
def test_the_slug_can_be_read(title, slug):
    assert Offer(title=title).slug == slug
