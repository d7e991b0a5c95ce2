"""An enquiry from the form to the answer, with every wrong turn."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ehrenamt import privacy, signals
from ehrenamt.domain import enquiries, letters, offers
from ehrenamt.models import Enquiry
from regiokit import links


@pytest.fixture
def form(stamp):
    """Return the fields of a form that a person filled."""

    def fields(**changes):
        values = {
            "name": "Petra Sandkuhle",
            "email": "petra@demo.example",
            "phone": "",
            "message": "Ich möchte mitmachen.",
            "key": uuid.uuid4().hex,
            **stamp,
        }
        return values | changes

    return fields


def _ask(client, offer, data, **kwargs):
    return client.post(reverse("ehrenamt:enquiry_new", args=[offer.pk]), data, **kwargs)


def test_the_whole_journey_by_mail(client, live, form, outbox, link_in, member, django_capture_on_commit_callbacks):
    offer = live()
    page = client.get(reverse("ehrenamt:enquiry_new", args=[offer.pk]))
    assert "Ihr Angebot „Kindern vorlesen“ interessiert mich" in page.content.decode()
    sent = _ask(client, offer, form(), follow=True)
    assert sent.status_code == 200
    assert "petra@demo.example" in sent.content.decode()

    (mail,) = outbox("petra@demo.example")
    confirm = link_in(mail, "bestaetigen")
    assert client.get(confirm).status_code == 200
    assert Enquiry.objects.get().state == "unconfirmed"
    assert not outbox(member.email)
    page = client.post(confirm, follow=True)
    assert "Ihre Anfrage ist beim Verein" in page.content.decode()
    assert Enquiry.objects.get().state == "waiting"
    again = client.get(confirm)
    assert again.status_code == 200
    assert "schon erledigt" in again.content.decode()
    client.post(confirm)
    (arrived,) = outbox(member.email)
    assert "petra@demo.example" not in arrived.text + arrived.html

    answer = link_in(arrived, "antworten")
    page = client.get(answer).content.decode()
    assert "Ich möchte mitmachen." in page
    assert "petra@demo.example" not in page
    heard = []
    signals.enquiry_answered.connect(lambda enquiry, **kw: heard.append(enquiry.state), weak=False, dispatch_uid="t")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(answer, {"kind": "accept", "text": "Kommen Sie am Dienstag um 10 Uhr."})
    signals.enquiry_answered.disconnect(dispatch_uid="t")
    assert heard == ["answered"]
    told = outbox("petra@demo.example")[-1]
    assert told.subject.startswith("Antwort auf Ihre Anfrage E-")
    page = client.get(link_in(told, "/anfrage/")).content.decode()
    assert "Kommen Sie am Dienstag um 10 Uhr." in page


def test_declining_is_told_kindly(client, enquire, outbox, link_in, member):
    enquire()
    answer = link_in(outbox(member.email)[-1], "antworten")
    client.post(answer, {"kind": "decline", "text": "Die Gruppe ist schon voll."})
    page = client.get(link_in(outbox("petra@demo.example")[-1], "/anfrage/")).content.decode()
    assert "Diesmal passt es leider nicht" in page
    assert "Die Gruppe ist schon voll." in page


def test_the_telephone_path(client, live, form, outbox, member, moderator, link_in):
    offer = live()
    page = _ask(client, offer, form(email="", phone="02541 4711"), follow=True)
    assert "Wir rufen Sie an" in page.content.decode()
    assert not outbox(member.email)
    assert any(mail.subject.startswith("Bitte anrufen") for mail in outbox())
    enquiry = Enquiry.objects.get()
    client.force_login(moderator)
    calls = reverse("ehrenamt_calls")
    assert enquiry.reference in client.get(calls).content.decode()
    client.post(calls, {"enquiry": enquiry.pk, "decision": "hand_over", "note": "Ruft gern zurück"})
    enquiry.refresh_from_db()
    assert enquiry.state == "waiting"
    assert "moderation@demo.example" in enquiry.staff_note
    client.logout()
    answer = link_in(outbox(member.email)[-1], "antworten")
    assert "02541 4711" in client.get(answer).content.decode()
    client.post(answer, {"kind": "accept", "text": "Bitte kommen Sie vorbei."})
    assert "Bitte kommen Sie vorbei." in outbox()[-1].text
    client.force_login(moderator)
    assert "Bitte kommen Sie vorbei." in client.get(calls).content.decode()


def test_staff_settles_a_call_once(client, live, enquire, moderator):
    enquiry = enquire(email="", phone="02541 4711")
    client.force_login(moderator)
    calls = reverse("ehrenamt_calls")
    client.post(calls, {"enquiry": enquiry.pk, "decision": "close"})
    page = client.post(calls, {"enquiry": enquiry.pk, "decision": "hand_over"}, follow=True)
    assert "inzwischen schon jemand" in page.content.decode()
    assert Enquiry.objects.get().state == "closed"
    assert client.post(calls, {"enquiry": 10**30, "decision": "close"}).status_code == 302
    assert client.post(calls, {"enquiry": 999999, "decision": "close"}).status_code == 404


def test_only_staff_sees_calls(client, member):
    assert client.get(reverse("ehrenamt_calls")).status_code == 302
    client.force_login(member)
    assert client.get(reverse("ehrenamt_calls")).status_code in (302, 403)


def test_sending_twice_is_one_enquiry(client, live, form, outbox):
    offer, data = live(), form()
    first, second = _ask(client, offer, data, follow=True), _ask(client, offer, data, follow=True)
    assert Enquiry.objects.count() == 1
    assert len(outbox("petra@demo.example")) == 1
    assert re.findall(r"E-\d+", first.content.decode()) == re.findall(r"E-\d+", second.content.decode())


@pytest.mark.parametrize(
    "changes", [{"email": "richtig@demo.example"}, {"message": "Ich kann nur dienstags."}, {"phone": "02541 4711"}]
)
def test_going_back_and_changing_something_sends_what_was_changed(client, live, form, outbox, changes):
    offer, data = live(), form()
    _ask(client, offer, data)
    for _click in range(2):
        assert _ask(client, offer, data | changes).status_code == 302
    first, second = Enquiry.objects.order_by("pk")
    assert {name: getattr(second, name) for name in changes} == changes
    assert first.message == data["message"]
    assert len(outbox()) == 2


def test_the_same_form_for_another_offer_is_an_enquiry_of_its_own(client, live, form):
    data = form()
    for title in ("Vorlesen", "Fahren"):
        _ask(client, live(title=title), data)
    assert sorted(Enquiry.objects.values_list("offer_title", flat=True)) == ["Fahren", "Vorlesen"]


def test_a_listener_that_fails_stops_nothing(client, enquire, caplog, django_capture_on_commit_callbacks):
    def fail(**_kwargs):
        raise RuntimeError("listener")

    signals.enquiry_answered.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            enquiries.answer_enquiry(enquire(), text="Gern.", by="x")
    finally:
        signals.enquiry_answered.disconnect(fail)
    assert "listener" in caplog.text


def test_answering_twice_keeps_the_first_answer(client, enquire, outbox, link_in, member):
    enquire()
    answer = link_in(outbox(member.email)[-1], "antworten")
    client.post(answer, {"kind": "accept", "text": "Ja."})
    page = client.post(answer, {"kind": "decline", "text": "Nein."})
    assert "Ihr Text wurde nicht verschickt" in page.content.decode()
    assert Enquiry.objects.get().answer == "Ja."
    again = client.post(answer, {"kind": "accept", "text": "Ja."})
    assert again.status_code == 200
    assert "nicht verschickt" not in again.content.decode()


def test_taking_back_tells_the_association(client, enquire, outbox, member):
    enquiry = enquire()
    status = letters.status_path(enquiry)
    page = client.post(status, follow=True)
    assert "zurückgenommen" in page.content.decode()
    assert "zurückgenommen" in outbox(member.email)[-1].subject
    assert client.post(status, follow=True).status_code == 200
    with pytest.raises(enquiries.WrongState):
        enquiries.answer_enquiry(enquiry, text="Zu spät", by="x")


@pytest.mark.parametrize(
    ("purpose", "name", "age"),
    [
        (letters.CONFIRM, "enquiry_confirm", timedelta(hours=49)),
        (letters.ANSWER, "enquiry_answer", timedelta(days=31)),
        (letters.STATUS, "enquiry_status", timedelta(days=181)),
    ],
)
def test_links_expire_and_cannot_be_altered(client, enquire, purpose, name, age, monkeypatch):
    enquiry = enquire(confirmed=False)
    import time

    from django.core import signing

    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now - age.total_seconds())
    old = links.sign(purpose, enquiry.pk)
    monkeypatch.undo()
    token = links.sign(purpose, enquiry.pk)
    path = reverse(f"ehrenamt:{name}", args=[token])
    good = client.get(path)
    assert good.status_code == 200
    assert good["Cache-Control"] == "private, no-store"
    assert good["X-Robots-Tag"] == "noindex"
    assert good["Referrer-Policy"] == "same-origin"
    assert client.get(reverse(f"ehrenamt:{name}", args=[old])).status_code == 410
    assert client.get(reverse(f"ehrenamt:{name}", args=[token[:-2]])).status_code == 404
    other = links.sign("ehrenamt.other", enquiry.pk)
    assert client.post(reverse(f"ehrenamt:{name}", args=[other])).status_code == 404
    enquiry.delete()
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": ""}, "Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an."),
        ({"email": "", "phone": "anrufen!"}, "zum Beispiel 02541 123456"),
        ({"email": "nicht@gültig"}, "gültige E-Mail-Adresse"),
        ({"name": "x" * 121}, "120"),
        ({"message": "x" * 100_000}, "2000"),
        ({"message": ""}, "Dieses Feld"),
        ({"website2": "http://spam.example"}, "dieses Feld leer"),
        ({"stamp": "falsch"}, "noch einmal"),
        ({"key": "../../etc"}, "Bitte prüfen Sie Ihre Angaben"),
    ],
)
def test_wrong_input_gets_a_message_and_keeps_what_was_typed(client, live, form, changes, message):
    page = _ask(client, live(), form(**changes))
    text = page.content.decode()
    assert page.status_code == 422
    assert message in text
    assert "Bitte prüfen Sie Ihre Angaben" in text
    assert not Enquiry.objects.exists()
    if "name" not in changes:
        assert "Petra Sandkuhle" in text


def test_control_characters_are_refused(client, live, form):
    assert _ask(client, live(), form(message="a\x00b")).status_code in (400, 422)
    assert not Enquiry.objects.exists()


def test_too_many_enquiries_have_to_wait(client, live, form):
    offer = live()
    for number in range(10):
        assert _ask(client, offer, form(email=f"{number}@demo.example")).status_code == 302
    page = _ask(client, offer, form(email="10@demo.example"))
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    assert "Von Ihrem Anschluss" in page.content.decode()


def test_nobody_fills_a_strangers_mailbox(client, live, form, outbox):
    offer, twice = live(), form()
    for data in (twice, twice, form(), form(), form(email="PETRA@demo.example"), form()):
        assert _ask(client, offer, data).status_code == 302
    page = _ask(client, offer, form(), REMOTE_ADDR="192.0.2.7")
    assert page.status_code == 429
    assert "Mit dieser E-Mail-Adresse" in page.content.decode()
    assert Enquiry.objects.count() == 5


def test_no_enquiry_about_what_is_not_public(client, live, form, member):
    offer = live()
    offers.pause_offer(offer)
    assert _ask(client, offer, form()).status_code == 404
    assert client.get(reverse("ehrenamt:enquiry_new", args=[2**62])).status_code == 404


def test_an_enquiry_survives_its_offer(client, enquire, live):
    offer = live()
    enquiry = enquire(offer)
    offer.delete()
    page = client.get(letters.status_path(enquiry))
    assert page.status_code == 200
    assert "Kindern vorlesen" in page.content.decode()


def test_retention_erases_what_is_over_and_nothing_else(enquire, live):
    offer = live()
    now = timezone.now()
    unconfirmed, waiting = enquire(offer, confirmed=False), enquire(offer)
    assert privacy.erase_unconfirmed(before=now - timedelta(days=2)) == 0
    Enquiry.objects.filter(pk=unconfirmed.pk).update(created_at=now - timedelta(days=3))
    assert privacy.erase_unconfirmed(before=now - timedelta(days=2)) == 1
    Enquiry.objects.filter(pk=waiting.pk).update(changed_at=now - timedelta(days=181))
    assert privacy.erase_enquiries(before=now - timedelta(days=180)) == 1
    assert not Enquiry.objects.exists()


def test_the_number_can_be_said_on_the_telephone(enquire):
    enquiry = enquire()
    assert enquiry.reference == f"E-{1000 + enquiry.pk}"
