"""Saved searches from the list to the mail, and every way out."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ehrenamt.models import Offer
from regiokit import links
from regiokit.search.alerts import addresses, delivering, due, matching, reading, retention
from regiokit.search.alerts.models import SavedSearch, SavedSearchMatch
from regiokit.search.models import SearchSynonym

ANNA = "anna@demo.example"
VORLESEN = "?q=Vorlesen&near=Coesfeld&radius=10&time=weekly"


@pytest.fixture(autouse=True)
def _begun(county):
    """The worker has run before."""
    matching.match_new()


@pytest.fixture
def sign_up(client, stamp):
    """Return a callable that sends the form."""

    def send(question=VORLESEN, **fields):
        values = {"email": ANNA, "rhythm": "at_once", **stamp, **fields}
        return client.post(reverse("ehrenamt:alert_new") + question, values)

    return send


@pytest.fixture
def subscribed(client, sign_up, outbox, link_in):
    """Return a callable that signs up and confirms."""

    def make(question=VORLESEN, **fields):
        assert sign_up(question, **fields).status_code == 302
        mail = outbox(fields.get("email", ANNA))[-1]
        manage = client.post(link_in(mail, "bestaetigen"))
        assert manage.status_code == 302
        return SavedSearch.objects.latest("pk")

    return make


def turn(now=None):
    """What the worker does in a turn."""
    matching.match_new()
    return delivering.deliver(now=now)


def test_the_whole_journey(client, live, outbox, link_in, sign_up):
    page = client.get(reverse("ehrenamt:offers") + VORLESEN)
    assert not page.cookies
    link = reverse("ehrenamt:alert_new") + "?near=Coesfeld&amp;q=Vorlesen&amp;radius=10&amp;time=weekly"
    assert link in page.content.decode()
    form = client.get(reverse("ehrenamt:alert_new") + VORLESEN).content.decode()
    assert "Vorlesen in Coesfeld und 10 km" in form
    sent = sign_up(rhythm="daily")
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "Bitte bestätigen Sie Ihre Adresse" in page
    assert ANNA not in page

    (mail,) = outbox(ANNA)
    assert mail.subject.startswith("Bitte bestätigen: Neues zu Vorlesen in Coesfeld")
    confirm = link_in(mail, "bestaetigen")
    assert ANNA not in client.get(confirm).content.decode()
    live()
    turn()
    assert not SavedSearch.objects.get().is_confirmed
    assert len(outbox(ANNA)) == 1

    manage = client.post(confirm)
    page = client.get(manage["Location"]).content.decode()
    ends = timezone.localdate() + timedelta(days=183)
    assert f"{ends.day}. " in page
    assert str(ends.year) in page
    assert ANNA not in page
    client.post(manage["Location"], {"rhythm": "at_once"})
    live(title="Vorlesen in der Bücherei")
    live(title="Rasen mähen", description="Der Garten braucht Sie.")
    live(title="Vorlesen am Samstag", time="once")
    assert turn() == 1
    found = outbox(ANNA)[-1]
    assert found.subject == "1 neues Angebot: Vorlesen in Coesfeld und 10 km, " + _label("weekly")
    assert "Vorlesen in der Bücherei\nLesebrücke e. V. · Coesfeld\n" in found.text
    assert "Rasen" not in found.text + found.html
    assert found.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert turn() == 0


def _label(value):
    from ehrenamt.enums import Time

    return str(Time(value).label)


def test_a_confirmed_search_hears_only_of_what_comes_later_and_of_each_entry_once(live, subscribed, outbox):
    old = live()
    turn()
    subscribed()
    turn()
    old.refresh_from_db()
    assert len(outbox(ANNA)) == 1
    new = live(title="Vorlesen im Heim")
    assert turn() == 1
    for offer in (old, new):
        offer.title = "Vorlesen mit Herz"
        offer.save_revision().publish()
    assert turn() == 0
    new.unpublish()
    turn()
    Offer.objects.get(pk=new.pk).save_revision().publish()
    assert turn() == 0


def test_a_daily_mail_comes_in_the_morning_and_a_weekly_one_on_monday(live, subscribed, outbox, client, link_in):
    saved = subscribed(rhythm="daily")
    live(title="Vorlesen im Heim")
    live(title="Vorlesen in der Schule")
    assert turn() == 0
    assert turn(timezone.now() + timedelta(days=1)) == 1
    assert outbox(ANNA)[-1].subject.startswith("2 neue Angebote: Vorlesen in Coesfeld")
    assert turn(timezone.now() + timedelta(days=2)) == 0
    live(title="Vorlesen zu zweit")
    matching.match_new()
    client.post(addresses.manage_path(saved), {"rhythm": "at_once"})
    assert turn() == 1


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("found_at", "daily", "weekly"),
    [
        (datetime(2026, 3, 28, 6, 59), datetime(2026, 3, 28, 7), datetime(2026, 3, 30, 7)),
        # The clocks go forward on the 29th: still seven in the morning.
        (datetime(2026, 3, 28, 7, 0), datetime(2026, 3, 29, 7), datetime(2026, 3, 30, 7)),
        (datetime(2026, 3, 30, 8, 0), datetime(2026, 3, 31, 7), datetime(2026, 4, 6, 7)),
    ],
)
def test_when_a_find_is_due(found_at, daily, weekly):
    moments = due.moments(found_at.replace(tzinfo=BERLIN))
    assert moments["at_once"] == found_at.replace(tzinfo=BERLIN)
    assert moments["daily"] == daily.replace(tzinfo=BERLIN)
    assert moments["weekly"] == weekly.replace(tzinfo=BERLIN)


def test_an_entry_that_is_gone_before_the_mail_is_not_named(live, subscribed, outbox):
    subscribed()
    live(title="Vorlesen im Heim").unpublish()
    assert turn() == 0
    offer = live(title="Vorlesen in der Schule")
    matching.match_new()
    offer.unpublish()
    from regiokit.search.domain import write_changes

    write_changes()
    assert delivering.deliver() == 0
    assert len(outbox(ANNA)) == 1


def test_one_click_of_a_mail_program_stops_without_a_page(live, subscribed, outbox, link_in):
    subscribed()
    live(title="Vorlesen im Heim")
    turn()
    mail = outbox(ANNA)[-1]
    stop = link_in(mail, "beenden")
    assert mail.headers["List-Unsubscribe"].endswith(f"{stop}>")
    strict = Client(enforce_csrf_checks=True)
    assert "Jetzt beenden" in strict.get(stop).content.decode()
    assert SavedSearch.objects.exists()
    stopped = strict.post(stop, {"List-Unsubscribe": "One-Click"})
    assert (stopped.status_code, dict(stopped.cookies)) == (200, {})
    assert not SavedSearch.objects.exists()
    assert strict.post(stop).status_code == 410


def test_the_end_is_counted_in_days_whatever_the_clocks_do():
    late = datetime(2026, 11, 23, 23, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert SavedSearch(renewed_at=late).ends_on == late.date() + timedelta(days=183)


def test_the_page_of_a_saved_search_renews_hands_out_and_stops(client, subscribed):
    saved = subscribed()
    page = addresses.manage_path(saved)
    SavedSearch.objects.update(renewed_at=timezone.now() - timedelta(days=170), reminded_at=timezone.now())
    client.post(page, {"act": "renew"})
    saved.refresh_from_db()
    assert saved.ends_on == timezone.localdate() + timedelta(days=183)
    assert saved.reminded_at is None
    assert client.post(page, {"rhythm": "hourly"}).status_code == 422
    token = page.rstrip("/").rpartition("/")[2]
    data = client.get(reverse("ehrenamt:alert_data", args=[token]))
    assert json.loads(data.content)["email"] == ANNA
    assert "beendet" in client.post(page, {"act": "stop"}).content.decode()
    assert client.get(page).status_code == 410


def test_links_of_another_purpose_age_or_hand_open_nothing(client, subscribed, sign_up, link_in, outbox):
    saved = subscribed()
    for name, purpose in (("alert", addresses.STOP), ("alert_stop", addresses.MANAGE)):
        token = links.sign(purpose, saved.pk)
        assert client.get(reverse(f"ehrenamt:{name}", args=[token])).status_code == 404
    coworking = reverse("coworking:alert", args=[links.sign(addresses.MANAGE, saved.pk)])
    assert client.get(coworking).status_code == 410
    sign_up("?q=Garten")
    confirm = link_in(outbox(ANNA)[-1], "bestaetigen")
    SavedSearch.objects.filter(confirmed_at=None).delete()
    assert client.post(confirm).status_code == 410


def test_the_reminder_comes_once_and_then_everything_is_erased(subscribed, outbox):
    saved = subscribed()
    assert delivering.remind() == 0
    later = timezone.now() + timedelta(days=170)
    assert delivering.remind(now=later) == 1
    assert delivering.remind(now=later) == 0
    assert outbox(ANNA)[-1].subject.startswith("Ihre Benachrichtigung endet am ")
    assert retention.erase_ended(before=saved.renewed_at) == 0
    assert retention.erase_ended(before=timezone.now()) > 0
    assert not SavedSearch.objects.exists()


def test_what_nobody_confirms_is_erased(sign_up):
    sign_up()
    assert retention.erase_unconfirmed(before=timezone.now() - timedelta(days=2)) == 0
    assert retention.erase_unconfirmed(before=timezone.now()) == 1


def test_sent_finds_are_erased(live, subscribed):
    subscribed()
    live(title="Vorlesen im Heim")
    turn()
    assert retention.erase_finds(before=timezone.now() - timedelta(minutes=1)) == 0
    assert retention.erase_finds(before=timezone.now() + timedelta(minutes=1)) == 1
    assert not SavedSearchMatch.objects.exists()


def test_the_same_question_stays_one(sign_up, client, outbox, link_in):
    sign_up()
    sign_up(
        "?time=weekly&q=Vorlesen&near=Coesfeld&radius=10&page=3&sort=newest&utm_source=x", email="ANNA@demo.example"
    )
    assert SavedSearch.objects.count() == 1
    for mail in outbox(ANNA):
        client.post(link_in(mail, "bestaetigen"))
    assert SavedSearch.objects.get().anchors.count() > 0


def test_wrong_questions_and_machines_are_answered_kindly(sign_up, client):
    assert client.get(reverse("ehrenamt:alert_new") + "?near=Nirgendwo").status_code == 400
    assert client.get(reverse("ehrenamt:alert_new") + "?cause=unfug").status_code == 400
    for wrong in ({"email": "keine"}, {"rhythm": "hourly"}, {"website2": "x"}, {"stamp": ""}):
        answer = sign_up(**wrong)
        assert answer.status_code == 422
    assert not SavedSearch.objects.exists()
    for number in range(5):
        assert sign_up(f"?q=Garten{number}").status_code == 302
    assert sign_up("?q=Wald").status_code == 429


def test_a_word_that_nobody_used_yet_is_found_when_it_comes(live, subscribed, outbox):
    live(title="Etwas anderes")
    subscribed("?q=Imkeri")
    subscribed("?q=Bienenzucht", email="berta@demo.example")
    turn()
    live(title="Imkerei und Bienenzucht", description="Sie sehen nach den Völkern.")
    assert turn() == 2
    assert len(outbox(ANNA)) == len(outbox("berta@demo.example")) == 2


def test_synonyms_count_as_soon_as_they_are_there(live, subscribed):
    subscribed("?q=Rasen")
    live(title="Wiese mähen")
    assert turn() == 0
    SearchSynonym.objects.create(words="Rasen, Wiese")
    live(title="Noch eine Wiese mähen")
    assert turn() == 1


def test_one_word_or_several_are_found_at_the_same_moment(live, subscribed, outbox):
    questions = ("?q=Vorlesen", "?q=Vorlesen+Heim", "?q=Vorlesen+-Garten", "?q=Vorlesen&time=weekly&mode=on_site", "")
    for number, question in enumerate(questions):
        subscribed(question, rhythm="weekly", email=f"p{number}@demo.example")
    live(title="Vorlesen im Heim", time="weekly", mode="on_site")
    assert matching.match_new() == len(questions)
    assert set(SavedSearchMatch.objects.values_list("due_at", flat=True)) == {due.moments()["weekly"]}
    live(title="Vorlesen im Garten", time="once")
    assert matching.match_new() == 2


def test_kept_readings_are_done_again_when_the_filters_of_a_source_change():
    from ehrenamt.search import source

    assert reading.mark(source) == reading.mark(replace(source))
    assert reading.mark(source) != reading.mark(replace(source, facets=source.facets[1:]))


def test_a_rebuild_alerts_nobody_again_but_brings_what_was_missed(live, subscribed):
    from ehrenamt.search import source
    from regiokit.search.domain import rebuild
    from regiokit.search.models import SearchEntry

    subscribed()
    live(title="Vorlesen im Heim")
    assert turn() == 1
    missed = live(title="Vorlesen in der Schule")
    SearchEntry.objects.filter(object_id=missed.pk).delete()
    rebuild(source)
    assert turn() == 1
    rebuild(source)
    assert turn() == 0


def test_the_number_of_queries_does_not_grow_with_the_entries(live, subscribed, django_assert_max_num_queries):
    subscribed()
    for number in range(3):
        live(title=f"Vorlesen {number}")
    matching.match_new()
    with django_assert_max_num_queries(20) as few:
        delivering.deliver()
    for number in range(12):
        live(title=f"Vorlesen mit {number}")
    matching.match_new()
    with django_assert_max_num_queries(20) as many:
        delivering.deliver()
    assert len(few) == len(many)
