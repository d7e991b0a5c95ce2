"""Fixtures for plugins' tests; pytest finds them by the entry point `pytest11`."""

import time

import pytest


@pytest.fixture
def stamp():
    """Return the hidden fields of a `GuardedForm` that a person filled in five seconds."""
    from django.core import signing

    return {"stamp": signing.dumps(int(time.time()) - 5, salt="regiokit.limits.stamp"), "website2": ""}


@pytest.fixture
def county(db):
    """Load the towns of the county that `REGIOKIT_REGION` names and return its region."""
    from regiokit import conf
    from regiokit.places.region import load_region

    return load_region(conf.region())


@pytest.fixture
def outbox(db):
    """Return a callable that gives the mails of the outbox, oldest first, narrowed to one recipient if named."""
    from regiokit.mail.models import OutboxMail

    def mails(to: str = ""):
        found = OutboxMail.objects.order_by("created_at", "pk")
        return list(found.filter(to=to) if to else found)

    return mails


@pytest.fixture
def link_in():
    """Return a callable that gives the path of the first address in a mail's text that contains `part`."""
    import re
    from urllib.parse import urlsplit

    def find(mail, part: str = "") -> str:
        for address in re.findall(r"https?://\S+", mail.text):
            if part in address:
                return urlsplit(address).path
        raise AssertionError(f"no address with {part!r} in:\n{mail.text}")

    return find
