"""One database belongs to one region, and a start for another one is refused in a sentence."""

import io

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.region.belonging import ForeignDatabase, claim, must_be_ours
from portal.region.models import HomeRegion
from portal.region.profile import default_region, known, load_profile
from portal.serving.preparation import prepare
from regiokit.places.region import load_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_region(settings):
    """Return a callable that turns the settings to another region, as `PORTAL_REGION` would."""

    def turn():
        settings.REGION = load_profile(next(slug for slug in known() if slug != default_region()))
        return settings.REGION

    return turn


def test_an_empty_database_is_anybodys_until_the_first_start_claims_it(settings, other_region):
    must_be_ours()
    first = settings.REGION.slug
    claim()
    claim()
    assert [home.slug for home in HomeRegion.objects.all()] == [first]
    other = other_region()
    with pytest.raises(ForeignDatabase, match=f"„{first}“.*„{other.slug}“.*PORTAL_REGION") as refused:
        claim()
    assert "DATABASE_URL" in str(refused.value)
    assert HomeRegion.objects.count() == 1


def test_towns_tell_whose_an_older_database_is(settings, other_region, county):
    must_be_ours()
    other_region()
    with pytest.raises(ForeignDatabase, match=county.ags):
        must_be_ours()


def test_neighbours_beside_the_own_towns_do_no_harm(other_region, county):
    other = other_region()
    load_region(other.slug)
    must_be_ours()


def test_serve_migrate_and_check_refuse(other_region):
    claim()
    other_region()
    with pytest.raises(CommandError, match="gehört zur Region"):
        prepare(demo=False, say=print)
    assert [found.id for found in run_checks(tags=[Tags.database], databases=["default"])] == ["region.E001"]
    with pytest.raises(CommandError, match=r"region\.E001"):
        call_command("migrate", skip_checks=False, stdout=io.StringIO())
