"""A real portal and a real Chromium, with and without JavaScript."""

import os
import re
import shutil
from urllib.parse import urlsplit

import pytest

from tests.running_site import running_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "no Chromium on PATH; on Debian: apt install chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Mark everything in this folder, and skip it where no browser is, unless everything is required."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
            if not CHROMIUM:
                if os.environ.get("REQUIRE_EVERYTHING"):
                    pytest.exit(MISSING, returncode=1)
                item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The base address of a portal with the whole demo."""
    with running_site(tmp_path_factory.mktemp("portal")) as base:
        yield base


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all journeys."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """Return a callable that opens a new person's browser at the portal; whatever goes wrong in the page fails the test."""
    contexts, troubles = [], []

    def open_browser(*, javascript: bool = True, width: int = 1280, dark: bool = False):
        context = chromium.new_context(
            base_url=site,
            locale="de-DE",
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
        )
        context.set_default_timeout(15_000)
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
    """Return a callable that reads the newest mail to somebody in the demo's postbox, as a newcomer does."""

    def read(to: str, subject: str = ""):
        page = visit()
        for _turn in range(60):
            page.goto(f"/postfach/?an={to}")
            links = page.get_by_role("main").get_by_role("link", name=re.compile(subject))
            if links.count():
                links.first.click()
                return page
            page.wait_for_timeout(250)
        raise AssertionError(f"no mail to {to} about {subject!r}")

    return read
