"""What every page must be, whoever looks: free of axe findings, narrow enough, light enough, its links well formed."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_COLOUR = ("color-contrast", "link-in-text-block")
RUN = "([type, values]) => axe.run(document, {runOnly: {type, values}, resultTypes: ['violations']})"
ADDRESSES = "[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))"
TOTAL_BYTES, SCRIPT_BYTES, HTML_BYTES = 150_000, 25_000, 14_000
LINK = re.compile(r"$|[/#?]|https?://|tel:\+?\d+$|mailto:")


@dataclass
class FirstView:
    """The bytes that a page brings over the wire when nothing of it is in the cache."""

    kinds: Counter = field(default_factory=Counter)

    def listen(self, page: Page) -> None:
        """Count everything that `page` loads from now on."""
        page.on("requestfinished", self._count)

    def _count(self, request) -> None:
        sizes = request.sizes()
        self.kinds["total"] += sizes["responseBodySize"] + sizes["responseHeadersSize"]
        self.kinds[request.resource_type] += sizes["responseBodySize"]

    def findings(self) -> list[str]:
        """Return what is heavier than allowed."""
        limits = {"total": TOTAL_BYTES, "script": SCRIPT_BYTES, "document": HTML_BYTES}
        return [f"{kind}: {self.kinds[kind]} bytes" for kind, most in limits.items() if self.kinds[kind] > most]


def looks(page: Page, view: FirstView | None = None) -> list[str]:
    """Return what is wrong with a page that is open, in the light, in the dark, and at 320 pixels."""
    page.evaluate(AXE)
    found = [*_links(page), *axe(page, "light")]
    found += view.findings() if view else []
    page.emulate_media(color_scheme="dark")
    found += axe(page, "dark", kind="rule", values=OF_COLOUR)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    found += axe(page, "320 px")
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
        found.append(f"{wide} px wide at 320 px")
    return found


def axe(page: Page, how: str, *, kind: str = "tag", values: tuple = TAGS) -> list[str]:
    violations = page.evaluate(RUN, [kind, [*values]])["violations"]
    return [f"{how}: {one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in violations]


def _links(page: Page) -> list[str]:
    """A number without `tel:` is the mistake that nobody sees. An empty address loads the page again."""
    return [f"link to {address}" for address in page.evaluate(ADDRESSES) if not LINK.match(address)]
