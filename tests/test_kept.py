"""What all pages share is kept between requests, and every change shows at once, whoever made it."""

from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.models import Site

from portal.editorial.models import HomePage, NewsIndexPage
from portal.pagecache import generation
from portal.region import kept
from portal.region.menus import SiteFrame
from portal.region.models import MenuEntry, SiteDetails

pytestmark = pytest.mark.django_db(transaction=True)
PLAIN = "/nirgends/"


@pytest.fixture(autouse=True)
def alone(settings, tmp_path):
    """A generation that no other test moves."""
    settings.ENV = replace(django_settings.ENV, var=tmp_path)


@pytest.fixture
def details():
    return SiteDetails.for_site(Site.objects.get(is_default_site=True))


def asked(word: str | None = None, **more):
    """Return a request as the page cache hands it on, with the generation of now or an older one."""
    request = RequestFactory(**more).get("/")
    request.generation = word or generation.current()
    return request


def text(client) -> str:
    return client.get(PLAIN).content.decode()


def test_the_second_page_asks_nothing_for_menu_footer_and_contact(client, django_assert_num_queries):
    frame = SiteFrame(asked())
    first = frame.region, frame.menu, frame.footer
    with django_assert_num_queries(0):
        frame = SiteFrame(asked())
        assert (frame.region, frame.menu, frame.footer) == first


def test_contact_menu_and_pages_change_at_once(client, details):
    news = NewsIndexPage.objects.get()
    assert news.title in text(client)
    details.phone = "02541 99"
    details.save()
    assert "02541 99" in text(client)
    news.title = "Neues aus dem Kreis"
    news.save_revision().publish()
    assert "Neues aus dem Kreis" in text(client)
    entry = MenuEntry.objects.create(details=details, label="Ein eigener Weg", page=news)
    assert "Ein eigener Weg" in text(client)
    assert "Engagement finden" not in text(client).partition("</nav>")[0]
    news.unpublish()
    assert "Ein eigener Weg" not in text(client)
    entry.delete()
    assert news.title not in text(client)


def test_another_process_tells_by_the_generation(client, details):
    SiteDetails.objects.update(phone="02541 11")
    generation.begin_new()
    assert "02541 11" in text(client)
    # As in another process: this one hears of the change by nothing but the generation.
    SiteDetails.objects.update(phone="02541 22")
    assert "02541 11" in text(client)
    generation.begin_new()
    assert "02541 22" in text(client)


def test_what_was_read_before_a_change_is_not_found_after_it(details):
    before = asked()
    assert before.generation == generation.current()
    old = SiteFrame(before)._details
    details.phone = "02541 33"
    details.save()
    assert SiteFrame(asked()).region.contact.phone == "02541 33"
    # The request that began before goes on with what it knows, and leaves nothing of it to later ones.
    late = SiteFrame(before)
    late._details = old
    assert late.region.contact.phone != "02541 33"
    assert SiteFrame(asked()).region.contact.phone == "02541 33"


def test_inside_a_transaction_nothing_is_kept(details):
    with transaction.atomic():
        SiteDetails.objects.update(phone="02541 44")
        assert SiteFrame(asked()).region.contact.phone == "02541 44"
        transaction.set_rollback(True)
    assert SiteFrame(asked()).region.contact.phone != "02541 44"


def test_without_a_generation_nothing_is_kept(details):
    request = RequestFactory().get("/")
    SiteDetails.objects.update(phone="02541 55")
    assert SiteFrame(request).region.contact.phone == "02541 55"
    SiteDetails.objects.update(phone="02541 66")
    assert SiteFrame(RequestFactory().get("/")).region.contact.phone == "02541 66"


def test_sites_and_languages_are_kept_apart(details, settings):
    settings.ALLOWED_HOSTS = ["testserver", "zweite.example"]
    assert SiteFrame(asked()).region.contact.phone == django_settings.REGION.contact.phone
    second = Site.objects.create(hostname="zweite.example", port=80, root_page=HomePage.objects.get())
    SiteDetails.objects.create(site=second, phone="02541 77")
    assert SiteFrame(asked(SERVER_NAME="zweite.example")).region.contact.phone == "02541 77"
    assert SiteFrame(asked()).region.contact.phone == django_settings.REGION.contact.phone
    found = []
    for language in ("de", "en", "de"):
        with override(language):
            found.append(kept.kept(asked(), "language", lambda asked=language: [asked]))
    assert found == [["de"], ["en"], ["de"]]


def test_the_page_that_is_shown_stands_out_in_the_kept_menu():
    address = SiteFrame(asked()).menu[0]["url"]
    here = RequestFactory().get(address)
    here.generation = generation.current()
    assert [link["url"] for link in SiteFrame(here).menu if link["current"]] == [address]
    assert not any(link["current"] for link in SiteFrame(asked()).menu)


def test_no_more_is_kept_than_fits():
    request = asked()
    for number in range(2 * kept.MOST):
        kept.kept(request, f"thing {number}", lambda: "")
    assert len(kept._things) <= kept.MOST
