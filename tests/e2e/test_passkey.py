"""A passkey: added and used at the sign-in, with the browser's own virtual device; and what a browser without it reads."""

import re

from playwright.sync_api import expect

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in_device(page) -> None:
    """Give the browser a device for passkeys that always says yes."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_a_passkey_is_added_and_confirms_the_sign_in(visit, sign_in):
    address = "space@demo.example"
    page = visit()
    plug_in_device(page)
    sign_in(page, address)
    page.goto("/konto/zweiter-faktor/")
    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_label("Name").fill("Diensthandy")
    page.get_by_role("button", name="Passkey einrichten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Ersatzcodes")
    page.goto("/konto/abmelden/")
    page.get_by_role("button", name="Jetzt abmelden").click()
    expect(page.get_by_role("link", name=re.compile("Anmelden")).first).to_be_visible()
    sign_in(page, address, factor=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmeldung bestätigen")
    page.get_by_role("button", name="Mit Passkey bestätigen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("Mein Bereich|Guten Tag"))
    page.goto("/konto/zweiter-faktor/")
    page.get_by_role("link", name=re.compile("Entfernen")).click()
    page.get_by_role("button", name="Passkey entfernen").click()
    expect(page.get_by_text("Diensthandy")).to_have_count(0)


def test_without_javascript_the_page_says_what_it_needs(visit, sign_in):
    page = visit(javascript=False)
    sign_in(page, "verein@demo.example")
    page.goto("/konto/zweiter-faktor/passkey/")
    expect(page.get_by_text("Dafür braucht es JavaScript, eine sichere Verbindung (https)")).to_be_visible()
    expect(page.get_by_role("button", name="Passkey einrichten")).to_have_count(0)
