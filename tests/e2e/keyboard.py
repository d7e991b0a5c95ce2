"""Somebody who has a keyboard and no mouse."""

import re

from playwright.sync_api import Page

STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const outlined = (one, part) => {
    const style = getComputedStyle(one, part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && (!part || style.content !== 'none');
  };
  // Outlines inside drawings come out differently everywhere: the marker of a map draws a ring of its own.
  const drawn = (one) => one.matches('.rk-map__hit') && getComputedStyle(one).stroke !== 'none';
  const ring = (one) => outlined(one) || outlined(one, '::before') || outlined(one, '::after') || drawn(one);
  const box = here.getBoundingClientRect();
  here.dataset.stop ??= String(++window.stops || (window.stops = 1));
  return {
    id: here.dataset.stop, tag: here.tagName.toLowerCase(), type: here.type || '',
    name: [here.getAttribute('aria-label'), ...[...(here.labels || [])].map((one) => one.textContent), here.textContent]
      .filter(Boolean).join(' ').replace(/\\s+/g, ' ').trim(),
    ring: [here, here.closest('article, li'), ...here.querySelectorAll('*')].some((one) => one && ring(one)),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
MOST_STOPS = 250
LOOKS = 50  # Results that arrive while somebody tabs move the page; the browser scrolls after them within some frames.


class Keyboard:
    """Walks a page by Tab, and fails on a stop that cannot be seen, and when it does not get on."""

    def __init__(self, page: Page):
        self.page = page

    def open(self, address: str) -> None:
        """Load a page, as typing an address does."""
        self.page.goto(address)

    def tab(self, *, back: bool = False) -> dict | None:
        """Go one stop on and return it; None where the page ends and the browser's own window begins."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        stop = self.page.evaluate(STOP)
        for _look in range(LOOKS):
            if not stop or stop["seen"]:
                break
            stop = self.page.evaluate(STOP)
        if stop:
            assert stop["ring"], f"no visible focus on {stop}"
            assert stop["seen"], f"focus outside the window on {stop}"
        return stop

    def tab_to(self, name: str, *, tag: str = "") -> None:
        """Go on until the element whose name matches the pattern."""
        passed = []
        for _turn in range(MOST_STOPS):
            stop = self.tab()
            if stop and re.search(name, stop["name"]) and stop["tag"] == (tag or stop["tag"]):
                return
            passed.append(stop and stop["name"][:60])
        raise AssertionError(f"{name!r} is not among {passed}")

    def press(self, name: str, *, tag: str = "", key: str = "Enter") -> None:
        """Go to a link or button and press it."""
        self.tab_to(name, tag=tag)
        self.page.keyboard.press(key)

    def type(self, label: str, text: str) -> None:
        """Go to a field and replace what stands in it."""
        self.tab_to(label)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def walk(self) -> list[str]:
        """Go once round the page from its beginning and return the names of all stops; a field for a date has several."""
        self.page.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges()")
        names, seen, first, last = [], set(), None, None
        for _turn in range(MOST_STOPS):
            stop = self.tab()
            if stop is None or (len(seen) > 1 and stop["id"] == first):
                return names
            first = first or stop["id"]
            assert stop["id"] not in seen - {last}, f"back at {stop} without having been round"
            seen.add(last := stop["id"])
            names.append(stop["name"])
        raise AssertionError(f"no end after {MOST_STOPS} stops: {names[-20:]}")
