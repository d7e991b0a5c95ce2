"""The search fields complete what somebody types, by keyboard as by mouse, and stay plain fields without JavaScript."""

import re

from playwright.sync_api import expect

from tests.e2e.looking import AXE, axe


def test_places_are_chosen_with_the_keyboard(visit):
    page = visit()
    page.goto("/ehrenamt/")
    field = page.get_by_label("Ort oder Postleitzahl")
    field.press_sequentially("dü")
    option = page.get_by_role("option", name="Dülmen")
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Dülmen")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page).to_have_url(re.compile("near=D%C3%BClmen"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("in Dülmen und 10 km"))


def test_escape_closes_and_keeps_what_was_typed(visit):
    page = visit(width=360)
    page.goto("/coworking/")
    field = page.get_by_label("Ort oder Postleitzahl")
    field.press_sequentially("coes")
    expect(page.get_by_role("option", name="Coesfeld").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("coes")
    expect(field).to_be_focused()


def test_the_open_list_is_accessible_and_takes_clicks(visit):
    page = visit()
    page.goto("/suche/")
    field = page.get_by_role("main").get_by_label("Was suchen Sie?")
    field.press_sequentially("kinder")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.evaluate(AXE)
    assert axe(page, "open list") == []
    label = options.first.get_attribute("data-value")
    options.first.click()
    expect(field).to_have_value(label)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_javascript_the_fields_are_plain(visit):
    page = visit(javascript=False)
    page.goto("/ehrenamt/")
    page.get_by_label("Ort oder Postleitzahl").fill("Buldern")
    page.get_by_role("button", name="Ergebnisse anzeigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("in Dülmen und 10 km"))
    expect(page.get_by_text("Buldern gehört zu Dülmen.")).to_be_visible()
