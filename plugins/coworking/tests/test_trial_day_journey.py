"""From the button "Probetag anfragen" to the calendar: by HTTP, as people walk it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.dateformat import format as date_format
from icalendar import Calendar

from coworking import conf
from coworking.domain import trial_days
from coworking.enums import TrialDayState
from coworking.models import TrialDay
from regiokit.links import sign

PERSON = "mia@person.example"


@pytest.fixture
def form_url(space):
    return f"{space.get_absolute_url()}probetag/"


@pytest.fixture
def data(stamp, space):
    def make(**fields):
        day = trial_days.possible_days(space)[5]
        return {
            "choice": day.isoformat(),
            "name": "Mia Muster",
            "email": PERSON,
            "message": "Am Fenster?",
            **stamp,
            **fields,
        }

    return make


def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]+)"', html)[1]


def test_the_whole_journey(client, space, operator, form_url, data, outbox, link_in):
    page = client.get(form_url)
    assert "Wie es weitergeht" in page.content.decode()
    sent = client.post(form_url, data(key=hidden(page.content.decode(), "key")), follow=True)
    assert "Bitte bestätigen Sie Ihre Anfrage" in sent.content.decode()
    trial_day = TrialDay.objects.get()
    assert (trial_day.state, trial_day.number) == (TrialDayState.UNCONFIRMED, f"P-{1000 + trial_day.pk}")
    assert outbox(operator.email) == []

    confirm = link_in(outbox(PERSON)[0], "bestaetigen")
    for _turn in range(2):
        assert "Anfrage bestätigen" in client.get(confirm).content.decode()
    trial_day.refresh_from_db()
    assert trial_day.state == TrialDayState.UNCONFIRMED, "a mail scanner that opens the link changes nothing"
    before = timezone.now()
    assert "antwortet bis" in client.post(confirm, follow=True).content.decode()
    trial_day.refresh_from_db()
    assert trial_day.state == TrialDayState.REQUESTED
    assert before + conf.ANSWER_WITHIN <= trial_day.respond_by <= timezone.now() + conf.ANSWER_WITHIN
    assert "schon bestätigt" in client.get(confirm).content.decode()

    arrived = outbox(operator.email)[0]
    assert "Am Fenster?" in arrived.text
    answer = link_in(arrived, "antworten")
    shown = client.get(answer).content.decode()
    assert "Probetag zusagen" in shown
    assert "Absagen" in shown
    done = client.post(answer, {"decision": "accept", "text": "Bitte klingeln."}, follow=True)
    assert "Der Probetag ist zugesagt" in done.content.decode()
    assert (
        "Der Probetag ist zugesagt"
        in client.post(answer, {"decision": "decline", "text": "Doch nicht"}, follow=True).content.decode()
    )

    accepted = outbox(PERSON)[-1]
    assert accepted.subject.startswith("Zugesagt:")
    assert "Bitte klingeln." in accepted.text
    state = client.get(link_in(accepted, "/probetag/stand/").removesuffix("kalender.ics"))
    assert "Zugesagt" in state.content.decode()
    assert (state["Cache-Control"], state["Referrer-Policy"]) == ("private, no-store", "same-origin")
    assert "noindex" in state["X-Robots-Tag"]
    check_calendar(client.get(link_in(accepted, "kalender.ics")), trial_day, status="CONFIRMED", sequence=0)

    state_path = link_in(accepted, "/probetag/stand/").removesuffix("kalender.ics")
    assert client.get(f"{state_path}zuruecknehmen/").status_code == 405
    gone = client.post(f"{state_path}zuruecknehmen/", follow=True)
    assert "zurückgezogen" in gone.content.decode()
    assert outbox(operator.email)[-1].subject.startswith("Zurückgezogen")
    client.post(f"{state_path}zuruecknehmen/")
    assert len([m for m in outbox(operator.email) if m.subject.startswith("Zurückgezogen")]) == 1
    check_calendar(client.get(f"{state_path}kalender.ics"), trial_day, status="CANCELLED", sequence=1)


def check_calendar(response, trial_day, *, status, sequence):
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    zone, event = calendar.walk("VTIMEZONE")[0], calendar.walk("VEVENT")[0]
    assert zone["TZID"] == event["DTSTART"].params["TZID"] == "Europe/Berlin"
    trial_day.refresh_from_db()
    start = event.decoded("DTSTART")
    assert (start.date(), start.hour, event.decoded("DTEND").hour) == (trial_day.accepted_day, 8, 18)
    assert event["UID"] == f"{trial_day.uid}@coworking"
    assert (event["STATUS"], event["SEQUENCE"]) == (status, sequence)
    assert "Beispielgasse 1, 48249 Dülmen" in event["LOCATION"]
    assert "Beispiel-Schreibtische" in event["DESCRIPTION"]


def test_declining_needs_a_reason_and_names_other_places(client, space, make_space, ask, outbox, link_in, operator):
    make_space("Nachbarhaus")
    trial_day = ask()
    answer = link_in(outbox(operator.email)[0], "antworten")
    refused = client.post(answer, {"decision": "decline", "text": ""})
    assert refused.status_code == 422
    assert "Bitte nennen Sie kurz den Grund" in refused.content.decode()
    assert (
        "abgesagt"
        in client.post(answer, {"decision": "decline", "text": "Alles belegt."}, follow=True).content.decode()
    )
    mail = outbox(trial_day.email)[-1]
    assert "Alles belegt." in mail.text
    assert "Nachbarhaus" in mail.text
    assert "Nachbarhaus" in mail.html


def test_the_second_wished_day_can_be_accepted(client, ask, space, outbox, link_in, operator):
    days = trial_days.possible_days(space)
    trial_day = ask(day=days[1], alternative_day=days[4])
    answer = link_in(outbox(operator.email)[0], "antworten")
    assert client.post(answer, {"decision": "accept", "day": "2020-01-01"}).status_code == 422
    assert client.post(answer, {}).status_code == 422
    client.post(answer, {"decision": "accept", "day": days[4].isoformat()})
    trial_day.refresh_from_db()
    assert (trial_day.state, trial_day.accepted_day) == (TrialDayState.ACCEPTED, days[4])


def test_a_double_click_is_one_request(client, form_url, data, outbox):
    key = hidden(client.get(form_url).content.decode(), "key")
    first, second = (client.post(form_url, data(key=key)) for _turn in range(2))
    assert first.status_code == second.status_code == 302
    assert TrialDay.objects.count() == 1
    assert len(outbox(PERSON)) == 1
    assert client.get(second["Location"]).status_code == 200


def test_a_key_of_somebody_else_shows_nothing_of_them(client, form_url, data):
    key = hidden(client.get(form_url).content.decode(), "key")
    client.post(form_url, data(key=key))
    html = client.post(form_url, data(key=key, email="neugierig@person.example"), follow=True).content.decode()
    assert PERSON not in html
    assert TrialDay.objects.count() == 2


def test_any_other_open_day_within_sixty_days(client, form_url, data, make_space, operator, stamp):
    weekdays = make_space("Werktags", by=operator, opening_hours="Mo-Fr 08:00-18:00; PH off")
    url = f"{weekdays.get_absolute_url()}probetag/"
    today = timezone.localdate()
    sunday = today + timedelta(days=13 - today.weekday())
    last = date_format(today + timedelta(days=60), "j. F Y")
    possible = trial_days.possible_days(weekdays)
    for day, message in (
        ("", "Bitte nennen Sie den Tag"),
        (today.isoformat(), f"von morgen bis zum {last}."),
        ((today + timedelta(days=61)).isoformat(), f"von morgen bis zum {last}."),
        (sunday.isoformat(), "ist hier geschlossen"),
        ("31.02.2027", "gültiges Datum"),
    ):
        response = client.post(url, data(choice="other", other_day=day))
        assert response.status_code == 422
        assert message in response.content.decode()
        assert 'value="Mia Muster"' in response.content.decode()
    assert client.post(url, data(choice="other", other_day=possible[-1].isoformat())).status_code == 302
    assert TrialDay.objects.get().day == possible[-1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"choice": ""},
        {"choice": "2020-01-01"},
        {"name": ""},
        {"name": "x" * 100_000},
        {"email": "keine Adresse"},
        {"email": "a@b.example\nBcc: c@d.example"},
        {"message": "x" * 100_000},
        {"website2": "https://spam.example"},
        {"stamp": "gefälscht"},
        {"name": "Mia\x00"},
        {"key": "keine-uuid"},
        {"alternative_day": "morgen"},
    ],
)
def test_wrong_input_is_explained_and_sends_nothing(client, form_url, data, outbox, wrong):
    response = client.post(form_url, data(**wrong))
    assert response.status_code == 422
    assert TrialDay.objects.count() == 0
    assert outbox() == []


def test_a_form_sent_at_once_by_a_machine_is_asked_again(client, form_url, data):
    from django.core import signing

    fresh = signing.dumps(int(timezone.now().timestamp()), salt="regiokit.limits.stamp")
    assert client.post(form_url, data(stamp=fresh)).status_code == 422


def test_nobody_fills_a_strangers_mailbox(client, form_url, data, outbox):
    statuses = [client.post(form_url, data()).status_code for _turn in range(6)]
    assert statuses == [302] * 5 + [429]
    last = client.post(form_url, data())
    assert int(last["Retry-After"]) > 0
    assert len(outbox(PERSON)) == 5


def test_no_form_where_no_trial_day_is_offered(client, make_space):
    space = make_space("Ohne", trial_day=False)
    response = client.get(f"{space.get_absolute_url()}probetag/")
    assert (response.status_code, response["Location"]) == (302, space.get_absolute_url())
    assert "bietet dieser Ort zurzeit nicht an" in client.get(space.get_absolute_url()).content.decode()


@pytest.mark.parametrize("page", ["gesendet", "bestaetigen", "antworten", "stand"])
def test_altered_and_foreign_links(client, ask, page):
    trial_day = ask()
    for token in ("abc", "x" * 3000, sign("coworking.trial_day.other", trial_day.pk), sign("ehrenamt.enquiry", 1)):
        response = client.get(f"/coworking/probetag/{page}/{token}/")
        assert response.status_code == 404
        assert "Dieser Link stimmt nicht" in response.content.decode()
    purpose = {"gesendet": "sent", "bestaetigen": "confirm", "antworten": "answer", "stand": "state"}[page]
    for value in (999_999, "1", None, [1], {"pk": 1}):
        assert (
            client.get(f"/coworking/probetag/{page}/{sign(f'coworking.trial_day.{purpose}', value)}/").status_code
            == 404
        )


@pytest.mark.parametrize(
    ("page", "purpose", "hours"),
    [("bestaetigen", "confirm", 48), ("antworten", "answer", 72), ("gesendet", "sent", 48)],
)
def test_expired_links_say_how_to_go_on(client, ask, page, purpose, hours, monkeypatch):
    from django.core import signing

    now = signing.time.time()
    trial_day = ask()
    monkeypatch.setattr(signing.time, "time", lambda: now - hours * 3600 - 60)
    token = sign(f"coworking.trial_day.{purpose}", trial_day.pk)
    monkeypatch.undo()
    for method in (client.get, client.post):
        response = method(f"/coworking/probetag/{page}/{token}/")
        assert response.status_code in (410, 405)
    assert "Dieser Link ist abgelaufen" in client.get(f"/coworking/probetag/{page}/{token}/").content.decode()


def test_confirming_after_withdrawing_sends_nothing(client, ask, outbox, link_in, operator):
    trial_day = ask(confirmed=False)
    confirm = link_in(outbox(trial_day.email)[0], "bestaetigen")
    trial_days.withdraw_trial_day(trial_day)
    assert "zurückgezogen" in client.post(confirm).content.decode()
    assert outbox(operator.email) == []


def test_an_answer_after_the_lapse_changes_nothing(client, ask, outbox, link_in, operator):
    trial_day = ask()
    answer = link_in(outbox(operator.email)[0], "antworten")
    TrialDay.objects.filter(pk=trial_day.pk).update(respond_by=timezone.now() - timedelta(minutes=1))
    page = client.get(answer).content.decode()
    assert "Die Frist ist abgelaufen" in page
    client.post(answer, {"decision": "accept"})
    trial_day.refresh_from_db()
    assert trial_day.state == TrialDayState.REQUESTED, "not answered any more, and not yet swept up by the worker"
    assert trial_days.lapse_trial_days() == 1


def test_mails_smuggle_nothing(client, ask, outbox, operator):
    ask(name="Mia <b>Muster</b>", message="<script>alert(1)</script>")
    mail = outbox(operator.email)[0]
    assert "<script>" not in mail.html
    assert "<b>Muster" not in mail.html
    assert "<script>alert(1)</script>" in mail.text
    assert "\n" not in mail.subject
