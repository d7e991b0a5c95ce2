"""The home page with both plugins: at most 10 queries, the same number at 3 and at 60 entries."""

import pytest
from django.core.cache import cache

from coworking.models import Space
from ehrenamt.models import Offer
from regiokit.organisations.models import Organisation
from regiokit.places.models import Municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


@pytest.fixture
def publish():
    """Return a callable that publishes so many offers and spaces, as staff do it in Wagtail."""
    town = Municipality.objects.first()
    organisation = Organisation.objects.create(name="Verein", municipality=town)
    place = {"organisation": organisation, "municipality": town, "lat": town.lat, "lon": town.lon}

    def make(number: int) -> None:
        for turn in range(number):
            offer = Offer(title=f"Angebot {turn}", description="Text", causes=["social"], time="weekly", **place)
            space = Space(name=f"Raum {turn}", summary="Ruhig.", street="Weg 1", opening_hours="24/7", **place)
            for entry in (offer, space):
                entry.live = False
                entry.save()
                entry.save_revision().publish()

    return make


def test_home_needs_the_same_few_queries_at_3_and_at_60(client, publish, django_assert_max_num_queries):
    def queries() -> int:
        cache.clear()
        client.get("/")
        with django_assert_max_num_queries(10) as counted:
            page = client.get("/").content.decode()
        assert "Angebot" in page
        assert "Raum" in page
        return len(counted)

    publish(3)
    few = queries()
    publish(57)
    assert queries() == few
