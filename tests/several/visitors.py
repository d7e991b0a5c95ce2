"""Visitors over HTTP: each has cookies and an address of its own, as the proxy in front of the portal reports it."""

import http.client
import re
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Visitor:
    """One person at one of the portals. `address` is an IPv4 address."""

    def __init__(self, base: str, *, address: str, timeout: float = 60):
        self.base, self.address, self.timeout = base, address, timeout
        self.cookies = {}

    def at(self, base: str) -> "Visitor":
        """The same person goes on at another process of the portal."""
        self.base = base
        return self

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text."""
        return self._ask("GET", path)

    def fields(self, path: str) -> dict[str, str]:
        """Open a page and return the hidden fields of its first form."""
        status, text = self.get(path)
        assert status == 200, (path, status)
        form = text.partition("<main")[2].partition("</form>")[0]
        return {name: unescape(value) for name, value in HIDDEN.findall(form)}

    def post(self, path: str, fields: dict) -> tuple[int, str]:
        """Send a form; return the status, and where it leads or what it says."""
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=self.timeout)
        headers = {"X-Forwarded-For": self.address, "Origin": self.base}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return answer.status, answer.headers.get("Location") or text
