"""People, organisations and offers for the tests."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from ehrenamt.domain import enquiries, offers
from ehrenamt.models import Offer, OfferState
from regiokit import conf
from regiokit.organisations.models import Membership, Organisation
from regiokit.search import domain as search


@pytest.fixture(autouse=True)
def _fresh_limits():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def person(db):
    """Return a callable that makes a user with an address."""

    def make(email="verein@demo.example", **fields):
        model = get_user_model()
        user = model(**{model.USERNAME_FIELD: email, "email": email, **fields})
        user.set_unusable_password()
        user.save()
        return user

    return make


@pytest.fixture
def organisation(county):
    """Return a callable that makes an association in Coesfeld with one member."""

    def make(name="Lesebrücke e. V.", member=None, **fields):
        values = {"municipality_id": "05558012", "legal_form": "ev", "verified_at": timezone.now(), **fields}
        made = Organisation.objects.create(name=name, **values)
        if member:
            Membership.objects.create(organisation=made, user=member)
        return made

    return make


@pytest.fixture
def member(person):
    """Somebody who acts for an association."""
    return person()


@pytest.fixture
def association(organisation, member):
    """An association with one member."""
    return organisation(member=member)


@pytest.fixture
def draft(association):
    """Return a callable that gives an unsaved offer."""

    def make(**fields):
        values = {
            "organisation": association,
            "title": "Kindern vorlesen",
            "description": "Sie lesen vor. Die Kinder hören zu.",
            "causes": ["school"],
            "time": "weekly",
            "municipality_id": "05558012",
            **fields,
        }
        return Offer(**values)

    return make


@pytest.fixture
def live(draft, django_capture_on_commit_callbacks):
    """Return a callable that makes a public offer."""

    def make(**fields):
        with django_capture_on_commit_callbacks(execute=True):
            offer = offers.save_offer_draft(draft(**fields), by=None)
            OfferState.objects.filter(listing_id=offer.pk).update(confirmed_at=timezone.now() - timedelta(days=3))
            offer.latest_revision.publish()
        return Offer.objects.get(pk=offer.pk)

    return make


@pytest.fixture
def many(draft, live):
    """Return a callable that makes many public offers without going through revisions, for counting queries."""

    def make(number):
        first = live(title="Erstes Angebot")
        made = [
            draft(title=f"Angebot {i}", live=True, lat=51.9 + i / 900, lon=7.1 + i / 900, created_at=first.created_at)
            for i in range(number - 1)
        ]
        Offer.objects.bulk_create(made)
        OfferState.objects.bulk_create([OfferState(listing=offer, confirmed_at=timezone.now()) for offer in made])
        from ehrenamt.search import source

        search.rebuild(source)
        return first

    return make


@pytest.fixture
def moderator(person, db):
    """A member of staff in the group that approves."""
    user = person("moderation@demo.example")
    user.groups.add(Group.objects.get(name=conf.moderators()))
    return user


@pytest.fixture
def enquire(live):
    """Return a callable that sends an enquiry about a public offer."""

    def make(offer=None, *, confirmed=True, **fields):
        values = {
            "name": "Petra Sandkuhle",
            "email": "petra@demo.example",
            "message": "Ich möchte mitmachen.",
            "key": uuid.uuid4().hex,
            **fields,
        }
        sent = enquiries.send_enquiry(offer or live(), **values)
        return enquiries.confirm_enquiry(sent) if confirmed and sent.email else sent

    return make
