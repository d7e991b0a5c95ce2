"""Redirects and recommended search results, made in the German admin by those whose task they are."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction, Site

from portal.accounts.domain.staff import ADMINISTRATORS, EDITORS, make_staff
from portal.editorial.models import ContentPage, HomePage, NewsIndexPage

pytestmark = pytest.mark.django_db
CIRCLE = "führt im Kreis"


@pytest.fixture
def administration(client):
    client.force_login(make_staff("leitung@kreis.example", group=ADMINISTRATORS))
    return client


@pytest.fixture
def news():
    return NewsIndexPage.objects.get()


def add(client, old_path, *, page=None, link=""):
    form = {"old_path": old_path, "is_permanent": "on", "redirect_page": page.pk if page else "", "redirect_link": link}
    return client.post(reverse("wagtailredirects:add"), form)


def test_an_old_address_leads_to_a_page(administration, news):
    assert "Weiterleitung" in administration.get(reverse("wagtailredirects:add")).content.decode()
    assert add(administration, "/alte-nachrichten/", page=news).status_code == 302
    answer = administration.get("/alte-nachrichten/")
    assert answer.status_code == 301
    assert answer["Location"] == news.url


def test_a_redirect_to_itself_is_refused_and_what_was_typed_stays(administration):
    own = Site.objects.get().root_url
    answer = add(administration, "/kreis/", link=f"{own}/kreis")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert CIRCLE in text
    assert 'value="/kreis' in text
    assert not Redirect.objects.exists()


def test_a_page_cannot_be_the_goal_of_its_own_address(administration, news):
    assert CIRCLE in add(administration, news.url, page=news).content.decode()


def test_a_circle_over_several_redirects_is_refused(administration):
    own = Site.objects.get().root_url
    Redirect.add_redirect("/b", f"{own}/c/")
    Redirect.add_redirect("/c", f"{own}/a/")
    assert CIRCLE in add(administration, "/a", link=f"{own}/b/").content.decode()
    assert add(administration, "/d", link=f"{own}/frei/").status_code == 302
    last = Redirect.objects.get(old_path="/c")
    edit = reverse("wagtailredirects:edit", args=[last.pk])
    answer = administration.post(edit, {"old_path": "/c", "redirect_link": f"{own}/b"})
    assert CIRCLE in answer.content.decode()
    assert administration.post(edit, {"old_path": "/c", "redirect_link": "https://kreis.example/c"}).status_code == 302


@pytest.mark.parametrize("both", [True, False])
def test_a_redirect_has_one_goal(administration, news, both):
    answer = add(administration, "/x", page=news if both else None, link="https://kreis.example/" if both else "")
    assert "nicht beides" in answer.content.decode()


def test_editors_have_no_redirects(client):
    client.force_login(make_staff("redaktion@kreis.example", group=EDITORS))
    assert client.get(reverse("wagtailredirects:index")).status_code in {302, 403}
    assert add(client, "/x", link="https://kreis.example/").status_code in {302, 403}
    assert not Redirect.objects.exists()


def test_editors_recommend_a_page_and_visitors_find_it_first(client, news):
    client.force_login(make_staff("redaktion@kreis.example", group=EDITORS))
    form = {
        "query_string": "Führungszeugnis",
        "editors_picks-TOTAL_FORMS": "1",
        "editors_picks-INITIAL_FORMS": "0",
        "editors_picks-MIN_NUM_FORMS": "0",
        "editors_picks-MAX_NUM_FORMS": "1000",
        "editors_picks-0-page": news.pk,
        "editors_picks-0-description": "Hier steht, wie es geht.",
        "editors_picks-0-ORDER": "1",
    }
    assert client.post(reverse("wagtailsearchpromotions:add"), form).status_code == 302
    client.logout()
    for words in ("Führungszeugnis", "  fuehrungszeugnis "):
        text = client.get("/suche/", {"q": words}).content.decode()
        assert ">Empfohlen</h2>" in text
        assert "Hier steht, wie es geht." in text
        assert "Dazu haben wir nichts gefunden" not in text
    assert "Empfohlen" not in client.get("/suche/", {"q": "Führung"}).content.decode()


def test_pages_that_are_not_public_are_not_recommended(client):
    page = HomePage.objects.get().add_child(instance=ContentPage(title="Geheim", live=False))
    closed = HomePage.objects.get().add_child(instance=ContentPage(title="Verschlossen"))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    query = Query.get("Antrag")
    for target in (page, closed):
        SearchPromotion.objects.create(query=query, page=target)
    text = client.get("/suche/", {"q": "Antrag"}).content.decode()
    assert "Geheim" not in text
    assert "Verschlossen" not in text
    assert "Empfohlen" not in text


def test_asking_keeps_no_words_of_visitors(client):
    client.get("/suche/", {"q": "etwas Persönliches"})
    assert not Query.objects.exists()
