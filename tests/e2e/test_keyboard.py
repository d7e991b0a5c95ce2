"""Both ways of citizens by keyboard alone: search, form, error summary, result pages, private pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.keyboard import Keyboard

WITH_AND_WITHOUT_JAVASCRIPT = pytest.mark.parametrize(
    "javascript", [True, False], ids=["javascript", "without-javascript"]
)


@WITH_AND_WITHOUT_JAVASCRIPT
def test_enquiry_by_keyboard(visit, newest_mail, mark, javascript):
    page = visit(javascript=javascript)
    keys = Keyboard(page)
    keys.open("/")
    _skip_to_content(keys)
    keys.press("^Engagement finden", tag="a")
    expect(page).to_have_url(re.compile("/ehrenamt/$"))
    keys.type("^Suchwort", "Kasse")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("[?&]q=Kasse"))
    if javascript:
        expect(page.locator("#rk-live")).to_have_text(re.compile(r"\d+ Angebote?"))  # said when the results are there
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\d+ Angebote?$"))
    keys.press("Die Kasse eines kleinen Vereins führen", tag="a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Die Kasse eines kleinen Vereins führen")
    keys.press("Ich habe Interesse")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ich habe Interesse")

    keys.press("Anfrage senden", tag="button")
    _follow_summary(keys, "Ihr Name", "id_name")
    page.keyboard.type(f"Hedwig {mark}")
    keys.type("E-Mail-Adresse", f"{mark}@leserin.example")
    keys.press("Anfrage senden", tag="button", key="Space")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte bestätigen Sie Ihre Anfrage")
    _walk_from_the_skip_link(keys)

    letter = newest_mail(f"{mark}@leserin.example", "Bitte bestätigen Sie Ihre Anfrage", page=page)
    _skip_to_content(keys)
    keys.press("/ehrenamt/anfrage/bestaetigen/", tag="a")
    expect(letter.get_by_role("heading", level=1)).to_have_text("Anfrage jetzt abschicken")
    keys.press("Anfrage jetzt abschicken", tag="button")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Anfrage ist beim Verein")
    _walk_from_the_skip_link(keys)
    _skip_to_content(keys)
    keys.press("Anfrage zurücknehmen", tag="button")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sie haben Ihre Anfrage zurückgenommen")


@WITH_AND_WITHOUT_JAVASCRIPT
def test_trial_day_by_keyboard(visit, newest_mail, mark, javascript):
    page = visit(javascript=javascript)
    keys = Keyboard(page)
    keys.open("/coworking/")
    keys.tab_to("^Telefonkabine")
    page.keyboard.press("Space")
    if not javascript:
        keys.press("Ergebnisse anzeigen")
    expect(page).to_have_url(re.compile("amenity=phone_booth"))
    expect(page.get_by_role("link", name="Filter entfernen: Telefonkabine")).to_be_visible()
    keys.press("^Torhaus Dülmen", tag="a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Torhaus Dülmen")
    _walk_from_the_skip_link(keys)
    keys.press("Probetag anfragen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Probetag anfragen: Torhaus Dülmen")

    keys.press("Anfrage senden", tag="button")
    _follow_summary(keys, "Wann möchten Sie kommen", "id_choice_0")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    keys.type("Ihr Name", f"Frieda {mark}")
    keys.type("Ihre E-Mail-Adresse", f"{mark}@pendlerin.example")
    keys.press("Anfrage senden", tag="button")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte bestätigen Sie Ihre Anfrage")

    newest_mail(f"{mark}@pendlerin.example", "Bitte bestätigen: Probetag", page=page)
    keys.press("/coworking/probetag/bestaetigen/", tag="a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anfrage bestätigen")
    keys.press("Anfrage bestätigen", tag="button")
    expect(page.get_by_text("Angefragt.")).to_be_visible()
    _walk_from_the_skip_link(keys)
    _skip_to_content(keys)
    keys.press("Anfrage zurückziehen", tag="button")
    expect(page.get_by_text("Sie haben diese Anfrage zurückgezogen.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    "address", ["/", "/ehrenamt/", "/ehrenamt/?near=Senden", "/coworking/?near=48249", "/ratgeber/"]
)
def test_no_trap_and_every_stop_is_seen(visit, address, width):
    page = visit(width=width, height=640)
    keys = Keyboard(page)
    keys.open(address)
    names = _walk_from_the_skip_link(keys)
    if width == 1280:
        assert any("Im Portal suchen" in name for name in names)
    else:
        keys.press("^Menü$", tag="summary")
        stop = keys.tab()
        assert "Im Portal suchen" in stop["name"]
        page.keyboard.press("Escape")
        expect(page.locator("details.rk-menu")).not_to_have_attribute("open", "")
        assert "Menü" in page.evaluate("document.activeElement.textContent")


def test_back_through_a_form(visit):
    page = visit()
    keys = Keyboard(page)
    keys.open("/barrierefreiheit/melden/")
    keys.tab_to("Barriere melden", tag="button")
    names = [keys.tab(back=True)["name"] for _turn in range(3)]
    assert any("E-Mail" in name for name in names), names


def _skip_to_content(keys):
    page = keys.page
    page.evaluate("document.activeElement.blur()")
    keys.open(page.url)
    assert keys.tab()["name"] == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    expect(page.locator("#inhalt")).to_be_focused()


def _walk_from_the_skip_link(keys) -> list[str]:
    keys.open(keys.page.url)
    names = keys.walk()
    assert names[0] == "Zum Inhalt springen"
    assert names[-1] != names[0]
    return names


def _follow_summary(keys, link: str, target: str) -> None:
    """The summary has the focus when the page comes back; its first link leads to the field."""
    page = keys.page
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    stop = keys.tab()
    assert link in stop["name"], stop
    page.keyboard.press("Enter")
    expect(page.locator(f"#{target}")).to_be_focused()
