"""Walks every address of the resolver with every kind of person. An address that nobody classified fails."""

import copy
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.db import transaction
from django.test import TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from regiokit.mail.models import OutboxMail
from tests.permissions.addresses import ADDRESSES
from tests.permissions.people import Cast, cast, load_examples
from tests.permissions.table import KINDS, LOGIN

BY_RULE = ("admin/", "_util/", "django-admin", "^admin/", "^_util/", "^django-admin", "dokumente/")
"""Everything below these belongs to Wagtail: held by one rule, or shut (see `test_doors`)."""


def addresses(resolver=None, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """Yield route and full name of every address."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, route, inner)
        elif isinstance(entry, URLPattern):
            yield route, f"{namespace}{entry.name}" if entry.name else ""


WITHOUT_SECRETS = ("/admin/sprite/", "/admin/jsi18n/")
"""Wagtail hands out its icons and its translated words to everybody."""


OURS = sorted({name or route for route, name in addresses() if not route.startswith(BY_RULE)})


def is_wagtail_page_serving(name: str) -> bool:
    """Public pages are Wagtail's own: it checks their restrictions, the tests of the editorial room look at them."""
    return name in {"wagtail_serve"} or name.startswith(("wagtail_serve", "wagtailcore_"))


class TestMatrix(TestCase):
    """The demo once, then every door by every kind of person; nothing of it stays."""

    cast: Cast

    @classmethod
    def setUpTestData(cls):
        """Load the demo and choose people and things."""
        load_examples()
        cls.cast = cast()
        cls.cast.things["mail"] = OutboxMail.objects.order_by("pk").first()

    def test_every_address_is_classified(self):
        missing = [name for name in OURS if name not in ADDRESSES and not is_wagtail_page_serving(name)]
        assert missing == []

    def test_the_table_names_no_address_that_is_gone(self):
        assert sorted(set(ADDRESSES) - set(OURS)) == []

    def test_looking(self):
        self._walk("get")

    def test_sending_nothing(self):
        self._walk("post")

    def test_the_admin_opens_for_staff_only(self):
        wrong = []
        for path in self._admin_paths():
            for kind in ("visitor", "citizen", "stranger", "member"):
                answer = self.cast.clients[kind].get(path)
                if answer.status_code == 200 and path not in WITHOUT_SECRETS:
                    wrong.append(f"{kind} sees {path}")
                elif answer.status_code >= 500:
                    wrong.append(f"{path} fails for {kind}")
        assert wrong == []
        for kind in ("editor", "moderator", "administrator"):
            assert self.cast.clients[kind].get("/admin/").status_code == 200

    def test_no_kind_of_staff_but_the_administrator_manages_people(self):
        for kind in ("editor", "moderator"):
            assert self.cast.clients[kind].get("/admin/users/").status_code in {302, 403}
        assert self.cast.clients["administrator"].get("/admin/users/").status_code == 200

    def _walk(self, method: str) -> None:
        wrong = []
        for name in sorted(ADDRESSES):
            rule = ADDRESSES[name]
            path = reverse(name, args=rule.arguments(self.cast.things))
            for kind in KINDS:
                with transaction.atomic():
                    wanted = getattr(rule, method)[kind]
                    answer = self._knock(kind, method, path)
                    if not _fits(answer, wanted):
                        wrong.append(f"{method.upper()} {name} as {kind}: {_said(answer)}, wanted {wanted}")
                    transaction.set_rollback(True)
        if wrong:
            self.fail("\n".join(["not as declared:", *wrong]))

    def _knock(self, kind: str, method: str, path: str):
        client = self.cast.clients[kind]
        kept = copy.deepcopy(client.cookies)
        try:
            return client.get(path) if method == "get" else client.post(path, {"unknown": "field"})
        finally:
            # Signing out takes the cookie; the next door is knocked at by the same person.
            client.cookies = kept

    def _admin_paths(self) -> Iterator[str]:
        for route, _name in addresses():
            if route.startswith("admin/") and "(" not in route and "<" not in route:
                yield "/" + route.replace("^", "").replace("$", "").replace("\\Z", "")
            elif route.startswith("admin/") and "<" in route and "(" not in route:
                yield "/" + _filled(route)


def _filled(route: str) -> str:
    return re.sub(r"<(?:\w+:)?\w+>", "1", route)


def _fits(answer, wanted) -> bool:
    if wanted == LOGIN:
        return answer.status_code == 302 and urlsplit(answer["Location"]).path == reverse("account_login")
    if answer.status_code == 302 and urlsplit(answer["Location"]).path == reverse("account_login"):
        return False
    return answer.status_code in (wanted if isinstance(wanted, tuple) else (wanted,))


def _said(answer) -> str:
    return f"{answer.status_code}{' to ' + answer['Location'] if answer.has_header('Location') else ''}"
