"""What editors find in the Wagtail admin: forms and previews of every page type, settings, German labels."""

import gc
from datetime import date

import pytest
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from portal.accounts.domain.staff import EDITORS, make_staff
from portal.editorial.enums import Audience, EventKind, StoryKind
from portal.editorial.models import (
    ContentPage,
    EventIndexPage,
    EventPage,
    FormPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    StoryIndexPage,
    StoryPage,
)
from portal.media.models import Picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_staff("redaktion@kreis.example", group=EDITORS))
    return client


@pytest.fixture
def every_page():
    HomePage.objects.get().add_child(instance=ContentPage(title="Hilfe"))
    NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Nachricht"))
    GuideIndexPage.objects.get().add_child(instance=GuidePage(title="Ratgeber", audience=Audience.COMMUTER))
    home = HomePage.objects.get()
    stories = home.add_child(instance=StoryIndexPage(title="Geschichten"))
    stories.add_child(instance=StoryPage(title="Geschichte", kind=StoryKind.COMMUTER))
    calendar = home.add_child(instance=EventIndexPage(title="Termine"))
    calendar.add_child(
        instance=EventPage(title="Treffen", kind=EventKind.MEETING, starts_on=date(2026, 12, 8), organiser="Verein")
    )
    home.add_child(instance=FormPage(title="Formular", purpose="Nur dafür.", thanks="<p>Danke.</p>"))
    return Page.objects.filter(depth__gte=2).specific()


def test_editors_can_open_and_preview_every_page_type(editor, every_page):
    assert len(every_page) == 11
    for page in every_page:
        form = editor.get(f"/admin/pages/{page.pk}/edit/")
        assert form.status_code == 200
        assert "Vorspann" in form.content.decode()
        preview = editor.get(f"/admin/pages/{page.pk}/edit/preview/")
        assert preview.status_code == 200
        assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
        assert preview["X-Frame-Options"] == "SAMEORIGIN"


def test_editors_can_add_every_page_type_where_it_belongs(editor):
    home, news, guides = (model.objects.get() for model in (HomePage, NewsIndexPage, GuideIndexPage))
    for parent, name in ((home, "contentpage"), (news, "newspage"), (guides, "guidepage")):
        assert editor.get(f"/admin/pages/add/editorial/{name}/{parent.pk}/").status_code == 200
    assert editor.get(f"/admin/pages/add/editorial/newspage/{home.pk}/").status_code in {302, 403}


def test_editors_can_change_menu_and_contact(editor):
    site = Site.objects.get()
    address = f"/admin/settings/region/sitedetails/{site.pk}/"
    assert editor.get(address).status_code == 200
    form = {
        "phone": "02541 18-0",
        "entries-TOTAL_FORMS": "1",
        "entries-INITIAL_FORMS": "0",
        "entries-MIN_NUM_FORMS": "0",
        "entries-MAX_NUM_FORMS": "1000",
        "entries-0-label": "Rufen Sie an",
        "entries-0-address": "/kontakt/",
        "entries-0-page": "",
        "entries-0-area": "main",
        "entries-0-id": "",
        "entries-0-ORDER": "1",
    }
    assert editor.post(address, form).status_code == 302
    text = editor.get("/kontakt/").content.decode()
    assert "Rufen Sie an" in text
    assert "02541 18-0" in text


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil", "javascript:alert(1)", "http://evil.example", "/a b"])
def test_menu_takes_no_odd_addresses(editor, target):
    form = {
        "entries-TOTAL_FORMS": "1",
        "entries-INITIAL_FORMS": "0",
        "entries-MIN_NUM_FORMS": "0",
        "entries-MAX_NUM_FORMS": "1000",
        "entries-0-label": "Weg",
        "entries-0-address": target,
        "entries-0-page": "",
        "entries-0-area": "main",
        "entries-0-id": "",
        "entries-0-ORDER": "1",
    }
    answer = editor.post(f"/admin/settings/region/sitedetails/{Site.objects.get().pk}/", form)
    assert answer.status_code == 200
    assert "Bitte beginnen Sie mit /" in answer.content.decode()


# Wagtail leaves the temporary files of its renditions to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
def test_pictures_are_small_sized_and_described(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = Picture.objects.create(title="Feld", file=get_test_image_file(size=(1600, 900)))
    index = NewsIndexPage.objects.get()
    page = index.add_child(instance=NewsPage(title="Mit Bild", picture=picture, picture_alt="Ein Feld im Nebel."))
    card = client.get(index.url).content.decode()
    assert 'loading="lazy"' in card
    assert "400w" in card
    assert 'width="400"' in card
    assert 'height="175"' in card
    assert 'alt=""' in card
    assert 'alt="Ein Feld im Nebel."' in client.get(page.url).content.decode()
    for file in (tmp_path / "images").glob("*fill-400x175*"):
        assert file.stat().st_size <= 20_000
    gc.collect()
