"""A real portal and a real Chromium, with and without JavaScript."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.running_site import running_site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 60_000  # A picture's sizes are drawn at its first visit: on two busy processors that takes a while.


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark everything in this folder; what becomes of it without a browser is decided for the whole workspace."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The base address of a portal with the whole demo."""
    with running_site(tmp_path_factory.mktemp("portal")) as base:
        yield base


@pytest.fixture(scope="session")
def chromium(chromium_path):
    """One Chromium for all journeys."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """Return a callable that opens a new person's browser at the portal; whatever goes wrong in the page fails the test.

    `cookies` lets somebody begin signed in, see `signed_in`.
    """
    contexts, troubles = [], []

    def open_browser(*, javascript=True, width=1280, height=900, dark=False, cookies=None):
        context = chromium.new_context(
            base_url=site,
            locale="de-DE",
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            storage_state=cookies,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text) if _is_trouble(message) else None)
        page.on("request", lambda request: troubles.append(request.url) if _is_foreign(request.url, site) else None)
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert troubles == []


def _is_trouble(message) -> bool:
    # Chromium logs every 4xx answer as an error; journeys with wrong input see those on purpose.
    return message.type == "error" and "Failed to load resource" not in message.text


def _is_foreign(url: str, site: str) -> bool:
    return url.startswith("http") and urlsplit(url).netloc != urlsplit(site).netloc


@pytest.fixture
def newest_mail(visit):
    """Return a callable that opens the newest mail to somebody in the demo's postbox, as a newcomer does.

    `page` opens it in that person's own browser. Mails are in the postbox as soon as the step that writes them answers.
    """
    reader = []

    def read(to: str, subject: str = "", *, page=None):
        if page is None:
            reader[:] = reader or [visit(javascript=False)]
            page = reader[0]
        page.goto(f"/postfach/?an={to}")
        page.get_by_role("main").get_by_role("link", name=re.compile(re.escape(subject))).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
        expect(page.get_by_role("definition").first).to_have_text(to)
        return page

    return read


@pytest.fixture
def sign_in(newest_mail):
    """Return a callable that lets `page` come in by the one door: address, then the code that the mail brings.

    `factor=True` is for somebody whom the portal asks for a second factor then.
    """

    def come_in(page, address: str, *, factor: bool = False):
        page.goto("/konto/anmelden/")
        page.get_by_label("E-Mail-Adresse").fill(address)
        page.get_by_role("button", name="Code schicken").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Code eingeben")
        letter = newest_mail(address, "Ihr Code für die Anmeldung")
        code = letter.get_by_role("heading", level=1).inner_text().rsplit(": ", 1)[1]
        page.get_by_label("Code aus der E-Mail").fill(code)
        page.get_by_role("button", name="Anmelden", exact=True).click()
        if not factor:
            expect(page.get_by_role("link", name="Mein Bereich")).to_be_attached()
        return page

    return come_in


@pytest.fixture(scope="session")
def kept_cookies():
    """Cookies of people who came in before, by address: the door takes only a few codes a minute."""
    return {}


@pytest.fixture
def signed_in(visit, sign_in, kept_cookies):
    """Return a callable that opens the browser of somebody who is signed in already."""

    def opened(address: str, **browser):
        if address not in kept_cookies:
            page = sign_in(visit(javascript=False), address)
            kept_cookies[address] = page.context.storage_state()
        return visit(cookies=kept_cookies[address], **browser)

    return opened


@pytest.fixture
def mark():
    """A word that stands nowhere else: tests share one portal and find their own things by it."""
    return "x" + uuid.uuid4().hex[:8]
