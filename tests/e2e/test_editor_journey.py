"""How quickly somebody who is new in the office publishes news with a picture: clicks and time are counted."""

import time

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

CLICKS, SECONDS = 12, 180
EDITOR = "redaktion@demo.example"
IN_THE_FILE_DIALOG = 1
"""The dialog of the operating system is out of sight of the page: one double click on the file."""

COUNT_CLICKS = """
addEventListener("click", (event) => {
  // A click on a label comes once more from its field, one by the keyboard has no detail.
  if (event.isTrusted && event.detail > 0) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);
"""


@pytest.fixture
def picture_file(tmp_path):
    """A photo of a camera's shape."""
    path = tmp_path / "radweg.jpg"
    Image.linear_gradient("L").resize((1600, 1067)).convert("RGB").save(path)
    return path


def test_a_new_editor_publishes_news_with_a_picture_quickly(visit, signed_in, mark, picture_file):
    page = signed_in(EDITOR)
    page.add_init_script(COUNT_CLICKS)
    title = f"Neuer Radweg {mark}"
    page.goto("/admin/")
    began = time.monotonic()

    write(page, title)
    add_picture(page, picture_file)
    page.get_by_role("button", name="Veröffentlichen", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("veröffentlicht")

    seconds, clicks = time.monotonic() - began, int(page.evaluate("sessionStorage.clicks")) + IN_THE_FILE_DIALOG
    assert clicks <= CLICKS
    assert seconds <= SECONDS

    visitor = visit(javascript=False)
    visitor.goto("/aktuelles/")
    visitor.get_by_role("main").get_by_role("link", name=title).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
    picture = visitor.get_by_role("img", name="Ein Radweg zwischen Feldern.")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    expect(visitor.get_by_role("main")).to_contain_text("Heute ist er eröffnet worden.")


def write(page: Page, title: str) -> None:
    """Begin at the admin's first page: title and text."""
    page.get_by_role("main").get_by_role("link", name="Neue Nachricht").click()
    page.get_by_placeholder("Seitentitel").click()
    page.keyboard.type(title)
    page.get_by_role("button", name="Einen Block einfügen").last.click()
    page.get_by_role("option", name="Text", exact=True).click()
    expect(page.locator("[contenteditable=true]").last).to_be_focused()
    page.keyboard.type("Heute ist er eröffnet worden.")


def add_picture(page: Page, path) -> None:
    """Upload the picture where the page asks for it, with rights and alternative text."""
    page.get_by_role("button", name="Bild auswählen").first.click()
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("tab", name="Hochladen").click()
    with page.expect_file_chooser() as chooser:
        dialog.get_by_label("Datei").click()
    chooser.value.set_files(path)
    dialog.get_by_label("Nutzungsrecht").click()
    choose(dialog.get_by_label("Nutzungsrecht"), "Eigenes Werk der Verwaltung")
    persons = dialog.get_by_label("Personen im Bild")
    while not persons.evaluate("field => field === document.activeElement"):
        page.keyboard.press("Tab")
    choose(persons, "Keine Personen erkennbar")
    dialog.get_by_role("button", name="Hochladen").click()
    expect(dialog).to_be_hidden()
    page.get_by_label("Alternativtext").click()
    page.keyboard.type("Ein Radweg zwischen Feldern.")


def choose(field, label: str) -> None:
    """Choose in a list that has the focus by its first letters, as people do."""
    field.page.keyboard.type(label[:8])
    field.page.keyboard.press("Enter")
    expect(field.locator("option:checked")).to_have_text(label)
