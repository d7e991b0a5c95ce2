"""The demo: people to sign in as, the editors' pages, and the examples of every plugin, from `fixtures/<region>`."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from portal.accounts.domain.staff import EDITORS, MODERATORS, make_staff
from portal.editorial.demo import load_demo as load_editorial_demo
from regiokit.plugin import load


@dataclass(frozen=True)
class DemoLogin:
    """Somebody to try the portal as. Codes arrive in the demo's own post box."""

    email: str
    role: str
    first_name: str
    group: str = ""
    administrator: bool = False


LOGINS = (
    DemoLogin("redaktion@demo.example", "Redaktion", "Robin", group=EDITORS),
    DemoLogin("moderation@demo.example", "Moderation", "Mika", group=MODERATORS),
    DemoLogin("admin@demo.example", "Verwaltung", "Alex", administrator=True),
)


def demo_is_missing() -> bool:
    """Whether nobody uses this database yet."""
    return not get_user_model().objects.exists()


def load_demo(*, say) -> None:
    """Load the whole demo or nothing of it; `say` takes lines for people."""
    folder = settings.ROOT / "fixtures" / settings.REGION.slug
    with transaction.atomic():
        for login in LOGINS:
            make_staff(
                login.email,
                group=login.group,
                administrator=login.administrator,
                first_name=login.first_name,
                last_name=login.role,
            )
        for title, loader in _loaders():
            began = time.monotonic()
            loader(folder)
            say(f"Beispiele laden: {title}, {time.monotonic() - began:.1f} s".replace(".", ","))


def _loaders():
    for plugin in settings.PLUGINS:
        if plugin.demo:
            yield plugin.title, load(plugin.demo)
    yield "Redaktion", load_editorial_demo
