"""A thousand enquiries at once: all stored once, none lost, no failure."""

from collections import Counter
from math import ceil

import pytest

from ehrenamt.models import Enquiry, Offer
from tests.running_site import running_site
from tests.several.enquiring import TWICE, send_all

ENQUIRIES = 1000


def _all_stored_once(here: str, bases: tuple[str, ...], *, clients: int):
    offers = list(Offer.objects.using(here).filter(live=True).values_list("pk", flat=True)[:20])
    before = Enquiry.objects.using(here).count()
    statuses, taken = send_all(bases, enquiries=ENQUIRIES, clients=clients, offers=offers)
    assert Counter(statuses) == {302: ENQUIRIES + clients * ceil(ENQUIRIES / clients / TWICE)}
    assert len(taken) == ENQUIRIES
    stored = Counter(Enquiry.objects.using(here).filter(key__in=taken).values_list("key", flat=True))
    assert stored == dict.fromkeys(taken, 1)
    assert Enquiry.objects.using(here).count() == before + ENQUIRIES


@pytest.mark.postgres
def test_fifty_clients_on_postgresql(two_portals, fresh_postgres, rows):
    with rows(fresh_postgres) as here:
        _all_stored_once(here, two_portals, clients=50)


def test_eight_clients_on_sqlite(tmp_path, rows):
    database = f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    with running_site(tmp_path, DATABASE_URL=database, TRUSTED_PROXIES="1") as base, rows(database) as here:
        _all_stored_once(here, (base,), clients=8)
