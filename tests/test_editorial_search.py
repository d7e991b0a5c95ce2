"""The one search box: pages and whatever plugins find, grouped."""

import pytest
from wagtail.models import PageViewRestriction

from portal.editorial.enums import Audience
from portal.editorial.models import ContentPage, GuideIndexPage, GuidePage, HomePage
from portal.sitesearch.pages import source
from regiokit.search.domain import rebuild, sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(django_capture_on_commit_callbacks):
    def write_page(title, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            page = HomePage.objects.get().add_child(instance=ContentPage(title=title, **fields))
            page.save_revision().publish()
        return page

    return write_page


@pytest.fixture
def guide(write, django_capture_on_commit_callbacks):
    """A guide beside a page with the same word."""
    write("Homeoffice im Kreis")
    with django_capture_on_commit_callbacks(execute=True):
        index = HomePage.objects.get().add_child(instance=GuideIndexPage(title="Ratgeber"))
        page = index.add_child(instance=GuidePage(title="Homeoffice einführen", audience=Audience.EMPLOYER))
        page.save_revision().publish()
    return page


def search(client, **question):
    answer = client.get("/suche/", question)
    assert answer.status_code == 200
    return answer.content.decode()


def test_empty_question_asks_back_with_examples(client):
    text = search(client)
    assert "Was suchen Sie?" in text
    assert "?q=" in text
    assert "noindex" in text


def test_published_page_is_found_in_any_spelling_and_forgotten_when_taken_back(
    client, write, django_capture_on_commit_callbacks
):
    page = write("Müllsammeln am Fluss", lead="Handschuhe gibt es vor Ort.")
    for word in ("Müll", "muell", "HANDSCHUHE"):
        assert page.url in search(client, q=word)
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert page.url not in search(client, q="Müll")


def test_restricted_page_is_not_found(client, write):
    page = write("Geheimnisvoll")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    rebuild(source)
    assert page.url not in search(client, q="Geheimnisvoll")


def test_page_that_is_restricted_later_is_forgotten_with_all_below(client, write, django_capture_on_commit_callbacks):
    above, other = write("Geheimnisvoll oben"), write("Geheimnisvoll daneben")
    with django_capture_on_commit_callbacks(execute=True):
        below = above.add_child(instance=ContentPage(title="Geheimnisvoll unten"))
        below.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        restriction = PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    text = search(client, q="Geheimnisvoll")
    assert other.url in text
    assert above.url not in text
    assert set(source.load([above.pk, below.pk, other.pk])) == {other.pk}
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert below.url in search(client, q="Geheimnisvoll")


def test_stale_index_shows_nothing_of_a_restricted_page(client, write):
    page = write("Geheimnisvoll", lead="Nur für uns.")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    text = search(client, q="Geheimnisvoll")
    assert page.url not in text
    assert "Nur für uns." not in text


def test_nothing_found_leads_to_a_person(client, settings):
    text = search(client, q="Quastenflosser")
    assert "nichts gefunden" in text
    assert settings.REGION.coordinator["phone"] in text


def test_many_pages_lead_to_a_list_of_their_own(client, write):
    for number in range(7):
        write(f"Garten {number}")
    text = search(client, q="Garten")
    assert "Alle 7 anzeigen" in text
    assert "only=pages" in text
    assert search(client, q="Garten", only="pages").count('class="rk-row"') == 7


@pytest.mark.parametrize("page", ["0x1", "-1", "2", "99999999", "x"])
def test_pages_of_hits_that_do_not_exist_are_404(client, write, page):
    write("Garten")
    assert client.get("/suche/", {"q": "Garten", "only": "pages", "page": page}).status_code == 404


@pytest.mark.parametrize("near", ["Entenhausen", "99999", "51.9;7.1", "a" * 500, "<script>alert(1)</script>"])
def test_unknown_place_gets_a_message(client, county, near):
    text = search(client, q="x", near=near)
    assert "Bitte prüfen Sie Ihre Angaben" in text
    assert "<script>alert(1)" not in text


@pytest.mark.parametrize("question", ['"', "((((", "AND OR NOT", "%", "'", "*", "\u202e", "a" * 5000, "🧑‍🦽"])
def test_odd_questions_are_answered(client, question):
    search(client, q=question)


def test_found_words_are_marked_in_title_and_text(client, write):
    write("Müll & mehr", lead="Ein Vormittag am Fluss.", body=[("text", "<p>Handschuhe</p><p>gibt es vor Ort.</p>")])
    text = search(client, q="muell")
    assert "<mark>Müll</mark> &amp; mehr" in text
    assert "Ein Vormittag am Fluss." in text
    assert "<mark>Handschuhe</mark> gibt es vor Ort." in search(client, q="Handschuh")


def test_guides_and_events_are_groups_of_their_own(client, guide):
    text = search(client, q="Homeoffice")
    assert "Ratgeber (1)" in text
    assert "Seiten und Nachrichten (1)" in text
    assert guide.url in search(client, q="Homeoffice", only="guides")
    assert guide.url not in search(client, q="Homeoffice", only="pages")


def test_a_typing_error_says_what_was_looked_for(client, write):
    page = write("Handschuhe")
    text = search(client, q="Handschuue")
    assert page.url in text
    assert "„Handschuhe“</strong> statt „Handschuue“" in text


def test_some_of_the_words_are_better_than_none(client, write):
    page = write("Handschuhe", lead="Am Fluss.")
    text = search(client, q="Handschuhe Quastenflosser")
    assert page.url in text
    assert "Nirgends stehen alle Ihre Wörter" in text
    assert "Nirgends stehen alle Ihre Wörter" not in search(client, q="Handschuhe Fluss")


def test_nothing_found_offers_notifications_for_the_same_question(client, county):
    text = search(client, q="Quastenflosser", near="Coesfeld")
    assert "/ehrenamt/benachrichtigung/?near=Coesfeld&amp;q=Quastenflosser" in text
    assert text.index("Ohne Ort suchen") < text.index("Bescheid bekommen") < text.index('href="tel:')


def test_portal_declares_its_source_to_the_library():
    assert source in sources()
