"""A trial day from the search for a space to the entry in the calendar, as people walk it."""

import re

import icalendar
import pytest
from playwright.sync_api import expect

from tests.e2e.letters import count_mails, press_button

OPERATOR = "space@demo.example"
SPACE = "Feldschreibtisch am Webermarkt"
WITH_AND_WITHOUT_JAVASCRIPT = pytest.mark.parametrize(
    "javascript", [True, False], ids=["javascript", "without-javascript"]
)


@WITH_AND_WITHOUT_JAVASCRIPT
def test_a_trial_day_is_found_asked_for_and_accepted(visit, newest_mail, mark, javascript):
    person = visit(javascript=javascript)
    address, name = f"{mark}@pendlerin.example", f"Frieda {mark}"
    _find(person, javascript=javascript)
    wished = _ask(person, name, address)
    _confirm(person, newest_mail, name, address)

    operator = visit(javascript=javascript)
    press_button(newest_mail(OPERATOR, "Probetag angefragt für", page=operator), "Anfrage ansehen und antworten")
    expect(operator.get_by_role("heading", level=1)).to_have_text(f"{name} möchte zur Probe arbeiten")
    operator.get_by_label("Nachricht an die Person").fill("Bitte klingeln Sie am Hoftor.")
    operator.get_by_role("button", name="Probetag zusagen").click()
    expect(operator.get_by_role("heading", level=1)).to_have_text("Der Probetag ist zugesagt")
    expect(operator.get_by_role("button", name="Absagen")).to_have_count(0)

    press_button(newest_mail(address, f"Zugesagt: Ihr Probetag bei {SPACE}", page=person), "Meinen Probetag ansehen")
    expect(person.get_by_text(re.compile("Zugesagt: Kommen Sie"))).to_be_visible()
    expect(person.get_by_text("Bitte klingeln Sie am Hoftor.")).to_be_visible()
    expect(person.get_by_role("definition").filter(has_text=wished)).to_be_visible()
    _put_into_calendar(person)


@WITH_AND_WITHOUT_JAVASCRIPT
def test_a_trial_day_is_declined_with_a_reason(visit, newest_mail, mark, javascript):
    person = visit(javascript=javascript)
    address, name = f"{mark}@pendlerin.example", f"Frieda {mark}"
    _open(person)
    _ask(person, name, address)
    _confirm(person, newest_mail, name, address)

    operator = visit(javascript=javascript)
    press_button(newest_mail(OPERATOR, "Probetag angefragt für", page=operator), "Anfrage ansehen und antworten")
    operator.get_by_role("button", name="Absagen").click()
    expect(operator.get_by_role("alert")).to_contain_text("Bitte nennen Sie kurz den Grund.")
    operator.get_by_label("Nachricht an die Person").fill("An dem Tag ist Betriebsausflug.")
    operator.get_by_role("button", name="Absagen").click()
    expect(operator.get_by_role("heading", level=1)).to_have_text("Der Probetag ist abgesagt")

    letter = newest_mail(address, f"Leider abgesagt: Probetag bei {SPACE}", page=person)
    expect(letter.get_by_role("blockquote")).to_contain_text("An dem Tag ist Betriebsausflug.")
    press_button(letter, "Stand der Anfrage ansehen")
    expect(person.get_by_text("Leider abgesagt.")).to_be_visible()
    expect(person.get_by_role("heading", name="Andere Arbeitsorte in der Nähe")).to_be_visible()
    expect(person.get_by_role("link", name="In den Kalender eintragen")).to_have_count(0)


def _find(page, *, javascript):
    page.goto("/")
    page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Arbeitsplätze").click()
    _choose(page, page.get_by_label(re.compile("Jetzt geöffnet")), "open_now=true", javascript=javascript)
    open_now = page.get_by_role("article")
    number = re.search(r"\((\d+)\)", page.locator("label", has_text="Jetzt geöffnet").inner_text())[1]
    expect(open_now).to_have_count(int(number))
    expect(open_now.filter(has_text=re.compile("(?<!nicht )geöffnet|rund um die Uhr"))).to_have_count(int(number))
    page.get_by_role("link", name="Filter entfernen: Jetzt geöffnet").click()
    expect(page.get_by_label(re.compile("Jetzt geöffnet"))).not_to_be_checked()

    page.get_by_label("Ort oder Postleitzahl").fill("48653")
    page.get_by_role("button", name="Ergebnisse anzeigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\d Arbeitsorte? in .*48653.* und 10 km"))
    _choose(page, page.get_by_label("Telefonkabine (1)"), "amenity=phone_booth", javascript=javascript)
    card = page.get_by_role("article")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("Euro")
    marker = page.get_by_role("figure").get_by_role("link")
    expect(marker).to_have_count(1)
    expect(marker).to_have_attribute("href", card.get_by_role("link").get_attribute("href"))
    card.get_by_role("link", name=SPACE).click()
    _expect_space(page)


def _choose(page, box, question, *, javascript):
    box.check()
    if not javascript:
        page.get_by_role("button", name="Ergebnisse anzeigen").click()
    expect(page).to_have_url(re.compile(question))
    expect(page.get_by_text("Aktive Filter")).to_be_visible()


def _open(page):
    page.goto("/coworking/")
    page.get_by_role("link", name=SPACE, exact=True).first.click()
    _expect_space(page)


def _expect_space(page):
    expect(page.get_by_role("heading", level=1)).to_have_text(SPACE)
    week = page.get_by_role("table", name="Öffnungszeiten in dieser Woche")
    expect(week.get_by_role("row")).to_have_count(8)
    for topic in ("Preise", "Barrierefreiheit", "So kommen Sie hin", "Betrieben von"):
        expect(page.get_by_role("heading", name=topic, exact=True)).to_be_visible()


def _ask(page, name, address) -> str:
    """Ask for the first day that is suggested, and return it as the page says it."""
    page.get_by_role("link", name="Probetag anfragen").click()
    day = page.get_by_role("group", name="Wann möchten Sie kommen?").get_by_role("radio").first
    wished = page.locator(f"label[for={day.get_attribute('id')}]").inner_text()
    day.check()
    page.get_by_label("Ihre E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_contain_text("Ihr Name")
    expect(page.get_by_label("Ihre E-Mail-Adresse")).to_have_value(address)
    page.get_by_label("Ihr Name").fill(name)
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte bestätigen Sie Ihre Anfrage")
    expect(page.get_by_role("main")).to_contain_text(address)
    return wished.split(", ")[1]


def _confirm(page, newest_mail, name, address):
    before = count_mails(page, OPERATOR)
    link = press_button(
        newest_mail(address, f"Bitte bestätigen: Probetag bei {SPACE}", page=page), "Anfrage bestätigen"
    )
    page.goto(link)  # as a mail scanner, which opens every link
    assert count_mails(page, OPERATOR) == before
    page.goto(link)
    page.get_by_role("button", name="Anfrage bestätigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Ihr Probetag bei {SPACE}")
    expect(page.get_by_text(re.compile("Angefragt. .* antwortet bis"))).to_be_visible()
    assert count_mails(page, OPERATOR) == before + 1
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Anfrage ist schon bestätigt")


def _put_into_calendar(page):
    with page.expect_download() as download:
        page.get_by_role("link", name="In den Kalender eintragen").click()
    assert download.value.suggested_filename.endswith(".ics")
    calendar = icalendar.Calendar.from_ical(download.value.path().read_bytes())
    [event] = calendar.walk("VEVENT")
    assert event["SUMMARY"] == f"Probetag: {SPACE}"
    assert SPACE in event["LOCATION"]
    assert event["STATUS"] == "CONFIRMED"
    assert event.start < event.end
    assert event.start.tzinfo is not None
    assert "Bitte klingeln Sie am Hoftor." in event["DESCRIPTION"]
