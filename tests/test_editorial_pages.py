"""Page types: what visitors see, with how many queries, and what no page may do."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.rich_text import RichText

from portal.editorial.enums import Audience
from portal.editorial.models import ContentPage, GuideIndexPage, GuidePage, HomePage, NewsIndexPage, NewsPage
from portal.region.models import MenuEntry, SiteDetails

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return HomePage.objects.get()


@pytest.fixture
def write_news():
    def write(number: int, **fields):
        index = NewsIndexPage.objects.get()
        day = date(2026, 11, 1)
        return [
            index.add_child(
                instance=NewsPage(
                    **{"title": f"Nachricht {i}", "lead": "Worum es geht.", "date": day + timedelta(days=i), **fields}
                )
            )
            for i in range(1, number + 1)
        ]

    return write


@pytest.fixture
def write_guide():
    def write(**fields):
        values = {"title": "Ein Ratgeber", "audience": Audience.EMPLOYER, "checked_on": date(2026, 11, 2), **fields}
        return GuideIndexPage.objects.get().add_child(instance=GuidePage(**values))

    return write


def queries(client, django_assert_max_num_queries, address, limit):
    """Return how many queries the second visit needs; the first fills the caches that live as long as the process."""
    client.get(address)
    with django_assert_max_num_queries(limit) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_new_site_begins_with_its_own_pages(client, home):
    site = Site.objects.get(is_default_site=True)
    assert site.root_page_id == home.pk
    assert [page.slug for page in home.get_children()] == ["aktuelles", "ratgeber"]
    assert not any(Page.find_problems())
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


def test_home_offers_search_with_word_and_place(client):
    text = client.get("/").content.decode()
    assert 'action="/suche/"' in text
    assert 'name="q"' in text
    assert 'name="near"' in text


def test_home_shows_employers_door_once_there_is_a_guide(client, write_guide):
    assert "audience=employer" not in client.get("/").content.decode()
    guide = write_guide()
    assert 'href="/ratgeber/?audience=employer"' in client.get("/").content.decode()
    guide.unpublish()
    assert "audience=employer" not in client.get("/").content.decode()


def test_home_needs_the_same_few_queries_with_much_and_little_news(
    client, write_news, write_guide, django_assert_max_num_queries
):
    write_guide()
    write_news(3)
    few = queries(client, django_assert_max_num_queries, "/", 10)
    write_news(20)
    assert queries(client, django_assert_max_num_queries, "/", 10) == few


def test_news_index_needs_the_same_queries_for_three_and_twelve(client, write_news, django_assert_max_num_queries):
    write_news(3)
    few = queries(client, django_assert_max_num_queries, "/aktuelles/", 12)
    write_news(9)
    assert queries(client, django_assert_max_num_queries, "/aktuelles/", 12) == few


def test_news_index_pages_newest_first(client, write_news):
    write_news(12)
    first, second = (client.get("/aktuelles/", {"page": page}).content.decode() for page in (1, 2))
    assert first.index("Nachricht 12<") < first.index("Nachricht 11<")
    assert "Nachricht 3<" not in first
    assert "Nachricht 3<" in second
    assert "?page=2" in first


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "1e3", "9" * 400])
def test_news_pages_that_do_not_exist_are_404(client, write_news, page):
    write_news(1)
    assert client.get("/aktuelles/", {"page": page}).status_code == 404


def test_news_page_shows_its_parts(client, write_news):
    body = [
        ("heading", "Zwischenstand"),
        ("text", RichText("<p>Ein <b>Satz</b>.</p>")),
        ("quote", {"text": "Das tut gut.", "source": "Beispielperson"}),
        ("fact", {"title": "Gut zu wissen", "text": RichText("<p>Kurz.</p>")}),
        ("steps", [{"title": "Anrufen", "text": RichText("<p>Jetzt.</p>")}]),
        ("links", {"title": "Mehr", "links": [{"label": "Startseite", "page": HomePage.objects.get(), "url": ""}]}),
    ]
    (page,) = write_news(1, body=body)
    text = client.get(page.url).content.decode()
    for part in ("<h2>Zwischenstand</h2>", "<b>Satz</b>", "Das tut gut.", "Gut zu wissen", "Anrufen", 'href="/"'):
        assert part in text
    assert "2. November 2026" in text
    assert 'style="' not in text
    assert "<style" not in text


def test_news_feed_is_rss_with_whole_addresses(client, write_news, settings):
    write_news(2)
    answer = client.get("/aktuelles/feed/")
    assert answer["Content-Type"].startswith("application/rss+xml")
    assert f"<link>{settings.BASE_URL}/aktuelles/nachricht-2/</link>" in answer.content.decode()
    assert "feed/" in client.get("/aktuelles/").content.decode()


def test_news_feed_of_one_of_two_sites_has_whole_addresses_too(client, write_news):
    write_news(1)
    home = Site.objects.get()
    Site.objects.create(hostname="zweites.example", root_page=home.root_page.get_children().last())
    links = re.findall(r"<link>([^<]+)</link>", client.get("/aktuelles/feed/").content.decode())
    assert links
    for link in links:
        assert link.count("://") == 1


def test_guides_stand_in_groups_and_can_be_narrowed(client, write_guide):
    write_guide(title="Für Betriebe")
    write_guide(title="Für unterwegs", audience=Audience.COMMUTER)
    everything = client.get("/ratgeber/").content.decode()
    assert "Für Betriebe" in everything
    assert "Für unterwegs" in everything
    narrowed = client.get("/ratgeber/", {"audience": "employer"}).content.decode()
    assert "Für Betriebe" in narrowed
    assert "Für unterwegs" not in narrowed
    assert client.get("/ratgeber/", {"audience": "niemand"}).status_code == 404


def test_guide_shows_steps_check_date_and_contact(client, write_guide):
    steps = [("step", {"title": "Fragen", "text": RichText("<p>Im Team.</p>")})]
    page = write_guide(steps=steps, intro="<p>Zuerst.</p>", closing="<p>Zuletzt.</p>", contact="Beispielstelle")
    text = client.get(page.url).content.decode()
    for part in ("Fragen", "Im Team.", "Zuerst.", "Zuletzt.", "Beispielstelle", "2. November 2026", "Für Arbeitgeber"):
        assert part in text


def test_plain_page_has_breadcrumb_and_canonical_address(client, home, settings):
    home.add_child(instance=ContentPage(title="Hilfe", slug="hilfe", lead="Antworten."))
    text = client.get("/hilfe/?x=1").content.decode()
    assert 'aria-current="page">Hilfe<' in text
    assert f'rel="canonical" href="{settings.BASE_URL}/hilfe/"' in text
    assert '<meta name="description" content="Antworten.">' in text


def test_restricted_news_stay_out_of_lists_feeds_search_and_sitemap(client, write_news):
    secret, _open = write_news(2)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    for address in ("/", "/aktuelles/", "/aktuelles/feed/", "/sitemap-pages.xml"):
        text = client.get(address).content.decode()
        assert "achricht-2" in text or "Nachricht 2" in text
        assert "achricht-1/" not in text
    assert client.get(secret.url).status_code == 302


def test_restriction_of_an_index_covers_what_is_below(client, write_news):
    (page,) = write_news(1)
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url).status_code == 302
    assert "Nachricht 1" not in client.get("/").content.decode()


def test_aliases_keep_the_restriction_of_their_original(client, home):
    original = home.add_child(instance=ContentPage(title="Intern", slug="intern"))
    PageViewRestriction.objects.create(page=original, restriction_type=PageViewRestriction.LOGIN)
    alias = original.create_alias(update_slug="kopie")
    assert client.get(alias.url).status_code == 302


def test_menu_follows_the_settings(client, home):
    details = SiteDetails.objects.create(site=Site.objects.get(), phone="02541 18-0", organisation="Amt für Engagement")
    draft = home.add_child(instance=ContentPage(title="Entwurf", slug="entwurf", live=False))
    for label, target in (
        ("Neues", {"page": NewsIndexPage.objects.get()}),
        ("Anruf", {"address": "/kontakt/"}),
        ("Entwurf", {"page": draft}),
        ("Gibt es nicht", {"address": "/abgeschaltet/"}),
    ):
        MenuEntry.objects.create(details=details, label=label, **target)
    text = client.get("/aktuelles/").content.decode()
    assert '<a class="rk-nav__link" href="/aktuelles/" aria-current="true">Neues</a>' in text
    assert 'href="/kontakt/">Anruf<' in text
    assert "Entwurf" not in text
    assert "/abgeschaltet/" not in text
    assert "tel:+492541180" in text
    assert "Amt für Engagement" in text


def test_menu_without_settings_shows_what_there_is(client):
    text = client.get("/kontakt/").content.decode()
    for address in ("/aktuelles/", "/ratgeber/", reverse("imprint"), reverse("privacy"), reverse("accessibility")):
        assert f'href="{address}"' in text


@pytest.mark.parametrize("address", ["/", "/aktuelles/", "/ratgeber/", "/suche/", "/suche/?q=x", "/kontakt/", "/weg/"])
def test_reading_sets_no_cookie_and_asks_no_foreign_host(client, settings, address):
    answer = client.get(address)
    assert not answer.cookies
    text = answer.content.decode()
    own = urlsplit(settings.BASE_URL).netloc
    for mark in ('src="http', "src='http", 'rel="preload" href="http', "@import"):
        assert mark not in text.replace(f"http://{own}", "")


def test_sitemap_lists_pages_and_duties_once(client, write_news):
    write_news(1)
    index = client.get("/sitemap.xml").content.decode()
    assert "sitemap-pages.xml" in index
    pages = client.get("/sitemap-pages.xml").content.decode()
    assert pages.count("<loc>") == 4
    assert "/aktuelles/nachricht-1/" in pages
    assert "/impressum/" in client.get("/sitemap-duties.xml").content.decode()


def test_robots_names_the_sitemap_and_keeps_the_api_open(client, settings):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    assert "Disallow: /konto/" in text
    assert "Disallow: /suche/" in text
    assert "/api/" not in text
