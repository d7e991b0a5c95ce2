"""What people do with a mail of the demo's postbox: press its button, or look whether there is one."""

import re

from playwright.sync_api import Page, expect


def press_button(letter: Page, label: str) -> str:
    """Follow the button `label`, which stands as an address in the text, and return where it led."""
    text = letter.get_by_role("blockquote")
    lines = text.inner_text().splitlines()
    address = lines[lines.index(f"{label}:") + 1]
    text.get_by_role("link", name=address, exact=True).click()
    expect(letter).to_have_url(address)
    return address


def count_mails(page: Page, to: str) -> int:
    """Return how many mails somebody has got so far."""
    page.goto(f"/postfach/?an={to}")
    heading = page.get_by_role("heading", level=2, name=re.compile(r"\d E-Mail"))
    return int(re.sub(r"\D", "", heading.inner_text()))
