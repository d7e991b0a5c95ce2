"""With JavaScript the filters update in place, and nothing that somebody types meanwhile gets lost."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect


def _is_list(address: str, question: str) -> bool:
    # The field asks for suggestions with the same words as soon as somebody pauses.
    return urlsplit(address).path == "/ehrenamt/" and question in address


def test_words_typed_while_an_answer_is_on_its_way_stay(visit):
    page = visit()
    page.goto("/ehrenamt/")
    held = []
    page.route(
        lambda address: _is_list(address, "q=kinder") and "near=" not in address, lambda route: held.append(route)
    )
    with page.expect_response(re.compile("vorschlaege.*q=kinder")):
        page.get_by_label("Suchwort").fill("kinder")
    page.get_by_label("Suchwort").press("Tab")
    page.get_by_label("Ort oder Postleitzahl").press_sequentially("Dülmen")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    with page.expect_response(lambda response: _is_list(response.url, "q=kinder")):
        held[0].continue_()
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_label("Ort oder Postleitzahl")).to_have_value("Dülmen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\d+ Angebote? in Dülmen und 10 km"))
    expect(page).to_have_url(re.compile("q=kinder"))


def test_focus_and_the_open_panel_survive_an_update(visit):
    page = visit(width=360)
    page.goto("/coworking/")
    page.get_by_text("Filter", exact=True).click()
    box = page.get_by_label(re.compile("Glasfaser"))
    box.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("amenity=fibre"))
    # What is said when the results are there: before that, the box is checked and has the focus anyway.
    expect(page.locator("#rk-live")).to_have_text(re.compile(r"\d+ Arbeitsorte?"))
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile("/coworking/$"))
    expect(page.get_by_label(re.compile("Glasfaser"))).not_to_be_checked()


def test_enter_asks_once_and_the_focus_stays_in_view(visit):
    page = visit()
    page.goto("/ehrenamt/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if _is_list(request.url, "q=Kasse") else None)
    field = page.get_by_label("Suchwort")
    field.press_sequentially("Kasse")
    field.press("Enter")
    expect(page).to_have_url(re.compile("q=Kasse"))
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_load_state("networkidle")
    assert len(asked) == 1
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
