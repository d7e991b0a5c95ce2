#!/usr/bin/env python3
"""Takes the pictures of the main pages in `docs/screenshots/`: `python -m scripts.screenshots [FOLDER]`.

Serves the demo in a temporary folder, opens each page in Chromium at 1280 and 360 px, some of them in dark mode, and
stores WebP pictures of what is above the fold (1280) or of the whole page (360).
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.running_site import ROOT, running_site

PAGES = {
    "start": "/",
    "angebote": "/ehrenamt/?near=D%C3%BClmen&radius=20",
    "coworking": "/coworking/",
    "ratgeber": "/ratgeber/",
    "suche": "/suche/?q=kinder",
}
DARK = {"start", "angebote"}


def main(folder: Path) -> None:
    """Write every picture into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, running_site(Path(work)) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, path in {**PAGES, **_details(browser, base)}.items():
            for width in (1280, 360):
                for scheme in ("light", "dark") if name in DARK else ("light",):
                    _picture(browser, base + path, folder / _file(name, width, scheme), width=width, scheme=scheme)
        browser.close()


def _details(browser, base: str) -> dict[str, str]:
    page = browser.new_page()
    found = {}
    for name, path in (("angebot", "/ehrenamt/"), ("arbeitsort", "/coworking/")):
        page.goto(base + path)
        found[name] = page.locator("main .rk-card__title a").first.get_attribute("href")
    page.close()
    return found


def _file(name: str, width: int, scheme: str) -> str:
    return f"{name}-{width}{'-dunkel' if scheme == 'dark' else ''}.webp"


def _picture(browser, url: str, target: Path, *, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE")
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    data = page.screenshot(full_page=width < 600)
    context.close()
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.crop((0, 0, picture.width, min(picture.height, 3000))).save(target, "WEBP", quality=70, method=6)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots")
