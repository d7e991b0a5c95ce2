"""What a moderator does in the Wagtail admin, as far as several tests need it."""

import re

from playwright.sync_api import Page, expect

MODERATOR = "moderation@demo.example"


def open_waiting(page: Page, title: str) -> None:
    """Find the entry among what waits on the admin's start page, and open it."""
    page.goto("/admin/")
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(page).to_have_title(re.compile(f"Bearbeite.*{re.escape(title)}"))


def return_entry(page: Page, title: str, *, reason: str) -> None:
    """Send the entry back with a reason."""
    open_waiting(page, title)
    _action(page, "Mit Begründung zurückgeben")
    dialog = page.locator(".modal-dialog")
    dialog.get_by_label("Was ist zu ändern?").fill(reason)
    dialog.get_by_role("button", name="Mit Begründung zurückgeben").click()
    _expect_gone(page, title)


def approve_entry(page: Page, title: str) -> None:
    """Publish the entry."""
    open_waiting(page, title)
    _action(page, "Freigeben und Veröffentlichen")
    _expect_gone(page, title)


def _action(page: Page, name: str) -> None:
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("button", name=name, exact=True).click()


def _expect_gone(page: Page, title: str) -> None:
    expect(page.locator(".messages")).to_contain_text(title)
    page.goto("/admin/")
    expect(page.get_by_role("main").get_by_role("link", name=title)).to_have_count(0)
