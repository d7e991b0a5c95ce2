"""Earlier versions of offers and organisations that nobody acts for go after their time."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from ehrenamt.domain import offers
from regiokit.listings.retention import erase_old_versions
from regiokit.organisations.models import Organisation
from regiokit.organisations.retention import erase_abandoned

pytestmark = pytest.mark.django_db
LIMIT = timezone.now() - timedelta(days=365)


def test_only_versions_that_nobody_needs_go(live, member):
    offer = live()
    between = offer.save_revision()
    offer.save_revision()
    Revision.objects.update(created_at=LIMIT - timedelta(days=1))
    offer.refresh_from_db()
    kept = {offer.live_revision_id, offer.latest_revision_id}
    assert between.pk not in kept
    assert erase_old_versions(before=LIMIT) >= 1
    left = set(offer.revisions.values_list("pk", flat=True))
    assert left == kept
    assert erase_old_versions(before=LIMIT) == 0


def test_a_version_under_review_stays(draft, member):
    offer = draft()
    offers.save_offer_draft(offer, by=member)
    offers.submit_offer(offer, by=member)
    reviewed = offer.latest_revision_id
    offer.save_revision(user=member)
    Revision.objects.update(created_at=LIMIT - timedelta(days=1))
    erase_old_versions(before=LIMIT)
    assert Revision.objects.filter(pk=reviewed).exists()


def test_an_organisation_without_anybody_and_anything_goes(organisation, association, draft, member):
    with_offer = organisation("Mit Angebot")
    offers.save_offer_draft(draft(organisation=with_offer), by=member)
    organisation("Verlassen")
    new = organisation("Neu")
    Organisation.objects.exclude(pk=new.pk).update(created_at=LIMIT - timedelta(days=1))
    assert erase_abandoned(before=LIMIT) == 1
    assert set(Organisation.objects.all()) == {association, with_offer, new}
