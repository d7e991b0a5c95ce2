#!/usr/bin/env python3
"""Takes the pictures of the main pages in `docs/screenshots/`: `python -m scripts.screenshots [FOLDER]`.

Serves the demo in a temporary folder, opens the pages in Chromium as visitors, an association and a moderator see them,
at 1280 and 360 pixels, some of them in the dark, and stores WebP pictures of at most 120 kB: what stands above the fold
at 1280, and three such screens at 360.
"""

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import sync_playwright

from portal.region.profile import default_region, load_profile
from tests.running_site import ROOT, running_site

MOST_BYTES = 120_000
HEIGHTS = {1280: 900, 360: 1920}
ASSOCIATION, MODERATOR = "verein@demo.example", "moderation@demo.example"
TOWN = quote(load_profile(default_region()).contact.city)
PICTURES = (
    # name, address, links to follow from there, width, dark, who
    ("start", "/", (), 1280, False, ""),
    ("start", "/", (), 1280, True, ""),
    ("start", "/", (), 360, False, ""),
    ("angebote", f"/ehrenamt/?near={TOWN}&radius=20", (), 1280, False, ""),
    ("angebote", f"/ehrenamt/?near={TOWN}&radius=20", (), 360, True, ""),
    ("angebot", "/ehrenamt/", ("article a",), 1280, False, ""),
    ("angebot", "/ehrenamt/", ("article a",), 360, False, ""),
    ("anfrage", "/ehrenamt/", ("article a", ".rk-detail__action a"), 360, False, ""),
    ("angebot-einstellen", "/ehrenamt/mein-verein/angebote/neu/", (), 1280, False, ASSOCIATION),
    ("mein-verein", "/ehrenamt/mein-verein/", (), 1280, False, ASSOCIATION),
    ("moderation", "/admin/", (), 1280, False, MODERATOR),
    (
        "pruefen",
        "/admin/",
        (".w-panel__content a[href*='/offer/edit/'], main a[href*='/offer/edit/']",),
        1280,
        False,
        MODERATOR,
    ),
    ("arbeitsorte", "/coworking/", (), 1280, False, ""),
    ("arbeitsort", "/coworking/?q=Torhaus", ("article a",), 1280, True, ""),
    ("arbeitsort", "/coworking/?q=Torhaus", ("article a",), 360, False, ""),
    ("probetag", "/coworking/?q=Torhaus", ("article a", ".rk-detail__action a"), 1280, False, ""),
    ("ratgeber", "/ratgeber/was-pendeln-kostet/", (), 1280, False, ""),
    ("aktuelles", "/aktuelles/", (), 1280, False, ""),
)


def main(folder: Path) -> None:
    """Write every picture into `folder` and remove those that are not taken any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    with tempfile.TemporaryDirectory() as work, running_site(Path(work)) as base, sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--hide-scrollbars"])
        cookies = {who: _signed_in(browser, base, who) for who in (ASSOCIATION, MODERATOR)}
        for name, address, links, width, dark, who in PICTURES:
            context = _context(browser, base, width=width, dark=dark, cookies=cookies.get(who))
            target = folder / f"{name}-{width}{'-dunkel' if dark else ''}.webp"
            _take(context.new_page(), address, links, target)
            context.close()
            print(f"{target.name}: {target.stat().st_size // 1000} kB", flush=True)
        browser.close()


def _context(browser, base: str, *, width: int = 1280, dark: bool = False, cookies=None):
    return browser.new_context(
        base_url=base,
        viewport={"width": width, "height": HEIGHTS[width]},
        color_scheme="dark" if dark else "light",
        locale="de-DE",
        storage_state=cookies,
    )


def _signed_in(browser, base: str, address: str) -> dict:
    context = _context(browser, base)
    page = context.new_page()
    page.goto("/konto/anmelden/")
    page.get_by_label("E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Code schicken").click()
    code_field = page.get_by_label("Code aus der E-Mail")
    code_field.wait_for()
    letters = context.new_page()
    letters.goto(f"/postfach/?an={address}")
    letters.get_by_role("main").get_by_role("link", name="Ihr Code").first.click()
    code_field.fill(letters.get_by_role("heading", level=1).inner_text().rsplit(": ", 1)[1])
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/konto/")
    state = context.storage_state()
    context.close()
    return state


def _take(page, address: str, links: tuple, target: Path) -> None:
    page.goto(address)
    for link in links:
        page.goto(page.locator(link).first.get_attribute("href"))
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for quality in range(86, 20, -8):
        picture.save(target, "WEBP", quality=quality, method=6)
        if target.stat().st_size <= MOST_BYTES:
            return
    raise SystemExit(f"{target.name} does not get smaller than {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots")
