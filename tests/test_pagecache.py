"""The page cache: who gets a kept page, what is never kept, and that no change is ever hidden behind it."""

import gzip
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from ehrenamt.domain import offers
from ehrenamt.models import Offer, OfferState
from portal.editorial.models import HomePage, NewsIndexPage, NewsPage
from portal.region.models import SiteDetails
from regiokit.organisations.models import Organisation
from regiokit.places.models import Municipality
from regiokit.search import domain as search
from regiokit.search.alerts.models import SavedSearch
from regiokit.search.models import SearchEntry

pytestmark = pytest.mark.django_db(transaction=True)
OFFERS = "/ehrenamt/"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    """Switch the cache on, with a generation that no other test moves."""
    settings.PAGE_CACHE_SECONDS = 60
    settings.ENV = replace(django_settings.ENV, var=tmp_path)
    pages = caches["pages"]
    pages.clear()
    yield
    pages.clear()


@pytest.fixture
def news():
    page = NewsIndexPage.objects.get().add_child(
        instance=NewsPage(title="Brücke offen", lead="Seit heute.", date=date(2026, 11, 1))
    )
    page.save_revision().publish()
    return page


@pytest.fixture
def offer():
    town = Municipality.objects.create(ags="99999001", name="Musterstadt", kind="Stadt", lat=51.9, lon=7.1, outline=[])
    organisation = Organisation.objects.create(name="Verein", municipality=town)
    made = Offer(
        title="Vorlesen", description="Text", causes=["social"], time="weekly", organisation=organisation,
        municipality=town, lat=town.lat, lon=town.lon, live=False,
    )  # fmt: skip
    made.save()
    made.save_revision().publish()
    OfferState.objects.get_or_create(listing=made)
    return made


def text(client, address="/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_second_visitor_costs_no_query(client, news, django_assert_num_queries):
    first = client.get("/aktuelles/")
    with django_assert_num_queries(0):
        second = client.get("/aktuelles/")
        head = client.head("/aktuelles/")
    assert second.content == first.content
    assert first.headers.pop("X-Request-ID") != second.headers.pop("X-Request-ID")
    assert {**second.headers} == {**first.headers}
    assert head.headers["ETag"] == first.headers["ETag"]
    assert head.content == b""


def test_pages_can_be_asked_for_again_by_their_mark(client, news, django_assert_num_queries):
    first = client.get("/aktuelles/")
    assert first.headers["Cache-Control"] == "no-cache"
    for _kept in range(2):
        answer = client.get("/aktuelles/", headers={"If-None-Match": first.headers["ETag"]})
        assert answer.status_code == 304
        assert answer.headers["ETag"] == first.headers["ETag"]
        assert answer.content == b""
    news.title = "Brücke gesperrt"
    news.save_revision().publish()
    answer = client.get("/aktuelles/", headers={"If-None-Match": first.headers["ETag"]})
    assert answer.status_code == 200
    assert "Brücke gesperrt" in answer.content.decode()


def test_compressed_and_plain_answers_are_kept_apart(client, news):
    plain = client.get("/aktuelles/")
    for _kept in range(2):
        small = client.get("/aktuelles/", headers={"Accept-Encoding": "gzip"})
        assert small.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.content) == plain.content
    assert client.get("/aktuelles/").content == plain.content


def test_a_page_is_shown_changed_hidden_moved_and_deleted_at_once(client, news):
    assert "Brücke offen" in text(client, "/aktuelles/")
    news.title = "Brücke gesperrt"
    revision = news.save_revision()
    assert "Brücke offen" in text(client, "/aktuelles/")
    revision.publish()
    assert "Brücke gesperrt" in text(client, "/aktuelles/")
    assert "Brücke gesperrt" in text(client)
    assert client.get(news.url).status_code == 200
    news.unpublish()
    assert client.get(news.url).status_code == 404
    assert "Brücke gesperrt" not in text(client)
    news.save_revision().publish()
    assert "Brücke gesperrt" in text(client)
    news.delete()
    assert "Brücke gesperrt" not in text(client)


def test_saving_a_draft_empties_nothing(client, news, django_assert_num_queries):
    client.get("/aktuelles/")
    news.title = "Nur ein Entwurf"
    news.save_revision()
    with django_assert_num_queries(0):
        assert "Nur ein Entwurf" not in text(client, "/aktuelles/")


def test_notifications_empty_nothing(client, news, django_assert_num_queries):
    client.get(news.url)
    saved = SavedSearch.objects.create(source="ehrenamt.offer", email="anna@demo.example", words="Vorlesen")
    saved.matches.create(object_id=1, due_at=timezone.now())
    saved.delete()
    with django_assert_num_queries(0):
        client.get(news.url)


def test_a_page_that_becomes_private_is_closed_at_once(client, news):
    assert client.get(news.url).status_code == 200
    PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(news.url).status_code == 302


def test_contact_and_menu_change_at_once(client, home_details):
    assert "02541 99" not in text(client)
    home_details.phone = "02541 99"
    home_details.save()
    assert "02541 99" in text(client)


@pytest.fixture
def home_details():
    return SiteDetails.for_site(HomePage.objects.get().get_site())


def test_entries_of_plugins_come_pause_and_go_at_once(client, offer):
    detail = offer.get_absolute_url()
    assert "Vorlesen" in text(client, OFFERS)
    assert "Vorlesen" in text(client)
    assert client.get(detail).status_code == 200
    offers.pause_offer(offer)
    assert client.get(detail).status_code == 410
    assert "Vorlesen" not in text(client, OFFERS)
    offers.resume_offer(offer)
    assert "Vorlesen" in text(client, OFFERS)
    Offer.objects.get().unpublish()
    assert client.get(detail).status_code == 404
    assert "Vorlesen" not in text(client, OFFERS)
    assert "Vorlesen" not in text(client)


def test_a_list_drawn_before_the_search_was_written_does_not_stay(client, offer):
    SearchEntry.objects.all().delete()
    assert "Vorlesen" not in text(client, OFFERS)
    search.update("ehrenamt.offer", offer.pk)
    assert "Vorlesen" in text(client, OFFERS)


def test_a_change_that_is_taken_back_empties_nothing(client, news, django_assert_num_queries):
    client.get("/aktuelles/")
    with transaction.atomic():
        news.delete()
        transaction.set_rollback(True)
    with django_assert_num_queries(0):
        assert "Brücke offen" in text(client, "/aktuelles/")


def test_people_who_are_signed_in_get_their_own_page(client, news, django_user_model):
    client.get("/")
    user = django_user_model.objects.create_user("verein@demo.example")
    client.force_login(user)
    own = client.get("/")
    assert own.headers["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get("/").headers["Cache-Control"] == "no-cache"


def test_forms_with_a_token_are_never_kept(client, offer):
    address = reverse("barrier_report")
    tokens = set()
    for _visitor in range(2):
        client.cookies.clear()
        answer = client.get(address)
        assert answer.cookies
        tokens.add(answer.cookies["csrftoken"].value)
    assert len(tokens) == 2
    # Somebody who has the cookie already gets a page with a token, but no new cookie: that must not be kept either.
    client.get(address)
    client.cookies.clear()
    assert client.get(address).cookies["csrftoken"].value not in tokens


def test_long_questions_and_failures_are_not_kept(client, news):
    long = "/aktuelles/?x=" + "y" * 300
    assert client.get(long).status_code == 200
    assert client.get("/gibt-es-nicht/").status_code == 404
    page = NewsIndexPage.objects.get().add_child(
        instance=NewsPage(title="Neu", lead="Neu.", date=date(2026, 11, 1) + timedelta(1), slug="gibt-es-nicht")
    )
    page.move(HomePage.objects.get(), "last-child")
    assert client.get("/gibt-es-nicht/").status_code == 200


def test_without_redis_every_page_still_answers(client, news, settings):
    client.get("/aktuelles/")
    gone = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.ENV = replace(settings.ENV, redis_url=gone["LOCATION"])
    settings.CACHES = {**settings.CACHES, "pages": gone}
    assert "Brücke offen" in text(client, "/aktuelles/")
    news.title = "Brücke gesperrt"
    news.save_revision().publish()
    assert "Brücke gesperrt" in text(client, "/aktuelles/")
