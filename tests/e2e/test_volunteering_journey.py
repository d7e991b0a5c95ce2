"""A volunteer offer from its first word to the answer that a citizen reads, as people walk it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.letters import count_mails, press_button
from tests.e2e.moderation import MODERATOR, approve_entry, return_entry

ASSOCIATION = "verein@demo.example"
TOWN = "Nottuln"
WITH_AND_WITHOUT_JAVASCRIPT = pytest.mark.parametrize(
    "javascript", [True, False], ids=["javascript", "without-javascript"]
)


@WITH_AND_WITHOUT_JAVASCRIPT
def test_an_offer_is_posted_returned_approved_found_and_answered(
    visit, sign_in, signed_in, newest_mail, mark, javascript
):
    association = sign_in(visit(javascript=javascript), ASSOCIATION)
    title = f"Beim Lesefest vorlesen {mark}"
    _post(association, title)

    moderator = signed_in(MODERATOR)
    return_entry(moderator, title, reason="Bitte schreiben Sie noch, wie lange es dauert.")
    _mend(association, newest_mail, title)
    approve_entry(moderator, title)
    newest_mail(ASSOCIATION, f"Ihr Angebot ist öffentlich: {title}")

    citizen = visit(javascript=javascript)
    _find(citizen, title, mark, javascript=javascript)
    address = f"{mark}@leserin.example"
    _ask(citizen, title, address)
    _confirm(citizen, newest_mail, title, address)
    _answer(visit(javascript=javascript), newest_mail, title)
    _read(citizen, newest_mail, title, address)


def _post(page, title):
    page.goto("/konto/")
    page.get_by_role("main").get_by_role("link", name="Mein Verein").click()
    page.get_by_role("link", name="Neues Angebot einstellen").click()
    page.get_by_role("button", name="Vorschau ansehen").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte prüfen Sie Ihre Angaben")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(5)
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Was ist zu tun?").fill(
        "Sie lesen zehn Kindern eine Geschichte vor und sprechen mit ihnen darüber."
    )
    page.get_by_label("Schule und Kita").check()
    page.get_by_label("Wie oft?").select_option(label="einmalig")
    page.get_by_label("Wo?").select_option(label=TOWN)
    page.get_by_role("button", name="Vorschau ansehen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("So wird Ihr Angebot aussehen")
    card = page.get_by_role("article")
    expect(card).to_contain_text(title)
    expect(card).to_contain_text(TOWN)
    expect(page.get_by_text("Noch nicht öffentlich.")).to_be_visible()
    page.get_by_role("button", name="Zur Prüfung senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Angebot wird geprüft")


def _mend(page, newest_mail, title):
    letter = newest_mail(ASSOCIATION, f"Bitte überarbeiten: {title}", page=page)
    expect(letter.get_by_role("blockquote")).to_contain_text("Bitte schreiben Sie noch, wie lange es dauert.")
    press_button(letter, "Angebot überarbeiten")
    expect(page.get_by_text("Bitte schreiben Sie noch, wie lange es dauert.")).to_be_visible()
    page.get_by_label("Was ist zu tun?").fill("Sie lesen zehn Kindern eine Geschichte vor. Das dauert eine Stunde.")
    page.get_by_role("button", name="Vorschau ansehen").click()
    expect(page.get_by_text("Das dauert eine Stunde.").first).to_be_visible()
    page.get_by_role("button", name="Zur Prüfung senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Angebot wird geprüft")


def _find(page, title, mark, *, javascript):
    page.goto("/")
    page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Ehrenamt").click()
    page.get_by_label("Suchwort").fill(mark)
    page.get_by_label("Ort oder Postleitzahl").fill(TOWN)
    page.get_by_role("button", name="Ergebnisse anzeigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"1 Angebot in {TOWN} und 10 km")
    expect(page.get_by_label("Schule und Kita (1)")).not_to_be_checked()
    expect(page.get_by_label("Sport und Bewegung (0)")).to_be_visible()

    page.get_by_label("Schule und Kita (1)").check()
    if not javascript:
        page.get_by_role("button", name="Ergebnisse anzeigen").click()
    expect(page).to_have_url(re.compile("cause=school"))
    expect(page.get_by_role("link", name="Filter entfernen: Schule und Kita")).to_be_visible()
    expect(page.get_by_label("Schule und Kita (1)")).to_be_checked()
    card = page.get_by_role("article")
    expect(card).to_have_count(1)
    expect(card).not_to_contain_text(" von ")  # It is in the town itself: no "100 m von Nottuln".
    card.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text("Das dauert eine Stunde.").first).to_be_visible()


def _ask(page, title, address):
    page.get_by_role("link", name="Ich habe Interesse").click()
    page.get_by_label("Ihr Name").fill("Luise Lesgern")
    page.get_by_label("E-Mail-Adresse").fill("luise")
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("alert")).to_contain_text("E-Mail-Adresse")
    expect(page.get_by_label("Ihr Name")).to_have_value("Luise Lesgern")
    expect(page.get_by_label("Ihre Nachricht")).to_have_value(re.compile(title))
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte bestätigen Sie Ihre Anfrage")
    expect(page.get_by_role("main")).to_contain_text(address)


def _confirm(page, newest_mail, title, address):
    before = count_mails(page, ASSOCIATION)
    letter = newest_mail(address, f"Bitte bestätigen Sie Ihre Anfrage: {title}", page=page)
    link = press_button(letter, "Anfrage bestätigen")
    page.goto(link)  # as a mail scanner, which opens every link
    expect(page.get_by_role("button", name="Anfrage jetzt abschicken")).to_be_visible()
    assert count_mails(page, ASSOCIATION) == before
    page.goto(link)
    page.get_by_role("button", name="Anfrage jetzt abschicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Anfrage ist beim Verein")
    assert count_mails(page, ASSOCIATION) == before + 1
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Das ist schon erledigt")


def _answer(stranger, newest_mail, title):
    """From the link in the mail, in a browser that nobody signed in with."""
    newest_mail(ASSOCIATION, "Neue Anfrage", page=stranger)
    expect(stranger.get_by_role("heading", level=1)).to_contain_text(title)
    press_button(stranger, "Anfrage ansehen und antworten")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Luise Lesgern möchte mitmachen")
    expect(stranger.get_by_text("@leserin.example")).to_have_count(0)
    stranger.get_by_label("Nachricht").fill("Schön! Kommen Sie am Freitag um 15 Uhr in die Bücherei.")
    stranger.get_by_role("button", name="Antwort senden").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Diese Anfrage ist beantwortet")
    expect(stranger.get_by_role("button", name="Antwort senden")).to_have_count(0)


def _read(page, newest_mail, title, address):
    letter = newest_mail(address, "Antwort auf Ihre Anfrage", page=page)
    expect(letter.get_by_role("heading", level=1)).to_contain_text(title)
    press_button(letter, "Antwort lesen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("hat Ihnen geantwortet")
    expect(page.get_by_text("Kommen Sie am Freitag um 15 Uhr in die Bücherei.")).to_be_visible()


@WITH_AND_WITHOUT_JAVASCRIPT
def test_who_has_no_email_is_called_first(visit, signed_in, newest_mail, mark, javascript):
    citizen = visit(javascript=javascript)
    name = f"Hedwig Ruftan {mark}"
    before = count_mails(citizen, ASSOCIATION)
    citizen.goto("/ehrenamt/?q=Kasse")
    citizen.get_by_role("article").get_by_role("link", name="Die Kasse eines kleinen Vereins führen").click()
    citizen.get_by_role("link", name="Ich habe Interesse").click()
    citizen.get_by_role("button", name="Anfrage senden").click()
    expect(citizen.get_by_role("alert")).to_contain_text("Ihr Name")
    citizen.get_by_label("Ihr Name").fill(name)
    citizen.get_by_role("button", name="Anfrage senden").click()
    expect(citizen.get_by_role("alert")).to_contain_text("eine E-Mail-Adresse oder eine Telefonnummer")
    citizen.get_by_label("Oder Telefonnummer").fill("0221 4710 901")
    citizen.get_by_role("button", name="Anfrage senden").click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Wir rufen Sie an")
    assert count_mails(citizen, ASSOCIATION) == before

    staff = signed_in(MODERATOR)
    staff.goto("/admin/")
    staff.get_by_role("link", name="Anrufe").click()
    call = staff.get_by_role("region", name=name)
    expect(call).to_contain_text("0221 4710 901")
    call.get_by_label("Notiz").fill("Möchte gern dienstags.")
    call.get_by_role("button", name="An den Verein weitergeben").click()
    expect(staff.get_by_role("region", name=name)).to_have_count(0)

    association = signed_in(ASSOCIATION, javascript=javascript)
    association.goto("/ehrenamt/mein-verein/")
    association.get_by_role("link", name=re.compile(f"Antworten ?: {name}")).click()
    expect(association.get_by_role("heading", level=1)).to_have_text(f"{name} möchte mitmachen")
    expect(association.get_by_role("link", name="0221 4710 901")).to_be_visible()
    newest_mail(ASSOCIATION, "Neue Anfrage")
