"""Live entries of plugins in editors' pages: drawn while the plugin is on, kept while it is off."""

import gc
import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.urls import reverse
from django.utils import translation
from wagtail.blocks import StreamValue
from wagtail.models import Page

from portal.editorial import live
from portal.editorial.blocks import BodyBlock
from portal.editorial.blocks.live import plugin_choices
from portal.editorial.enums import StoryKind
from portal.editorial.models import EventPage, HomePage, NewsIndexPage, NewsPage, StoryPage
from portal.settings.environment import ROOT
from regiokit.plugin import LiveBlock

pytestmark = pytest.mark.django_db

BLOCK = {
    "type": "live",
    "id": "5d8e9d1c-6a55-4f0f-8f1c-1f2a3b4c5d6e",
    "value": {"plugin": "away", "title": "Neu", "town": "", "limit": 2},
}


def two_days(*, town: str, limit: int) -> list[str]:
    """Live entries of the test's own plugin."""
    return [f"Tag {number} {town}".strip() for number in range(1, limit + 1)]


def no_days(*, town: str, limit: int) -> list[str]:
    """A plugin with nothing to show now."""
    return []


class Declared:
    """What `settings.PLUGINS` holds, without the rule that paths stay inside the plugin's package."""

    app = "away"
    prefix = "away/"
    menu = doors = figures = ()

    def __init__(self, entries: str):
        self.live = LiveBlock(
            label="Neue Tage",
            entries=f"{__name__}.{entries}",
            template="test_live_entries.html",
            more_url_name="contact",
            more_label="Alle Tage zeigen",
        )


@pytest.fixture
def template(settings, tmp_path):
    (tmp_path / "test_live_entries.html").write_text("{% for entry in entries %}<p>{{ entry }}</p>{% endfor %}")
    # The addresses must be built from the real plugins before a test declares its own.
    assert reverse("contact")
    engine = {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}
    settings.TEMPLATES = [engine]


@pytest.fixture
def page(db):
    body = StreamValue(NewsPage.body.field.stream_block, [BLOCK], is_lazy=True)
    return NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Mit Einträgen", body=body))


def test_block_draws_the_entries_of_an_enabled_plugin(client, settings, template, page):
    settings.PLUGINS = (Declared("two_days"),)
    text = client.get(page.url).content.decode()
    assert "<h2>Neu</h2>" in text
    assert "<p>Tag 2</p>" in text
    assert 'href="/kontakt/">Alle Tage zeigen<' in text


def test_block_draws_nothing_while_the_plugin_is_off_or_empty(client, settings, template, page):
    settings.PLUGINS = ()
    assert "rk-live" not in client.get(page.url).content.decode().replace("rk-live-", "").replace('id="rk-live"', "")
    settings.PLUGINS = (Declared("no_days"),)
    assert "Neu</h2>" not in client.get(page.url).content.decode()


def test_saving_a_page_keeps_the_block_of_a_plugin_that_is_off(settings, page):
    settings.PLUGINS = ()
    fresh = NewsPage.objects.get(pk=page.pk)
    fresh.body = BodyBlock().clean(fresh.body)
    fresh.save_revision().publish()
    assert next(iter(NewsPage.objects.get(pk=page.pk).body.raw_data))["value"] == BLOCK["value"]


def test_editor_can_save_the_form_while_the_plugin_is_off(admin_client, settings, page):
    settings.PLUGINS = ()
    answer = admin_client.post(
        f"/admin/pages/{page.pk}/edit/",
        {
            "title": "Neuer Titel",
            "slug": page.slug,
            "lead": "",
            "picture_alt": "",
            "date": "2026-11-23",
            "author": "",
            "body-count": "1",
            "body-0-deleted": "",
            "body-0-order": "0",
            "body-0-type": "live",
            "body-0-id": BLOCK["id"],
            **{f"body-0-value-{name}": value for name, value in BLOCK["value"].items()},
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-publish": "1",
        },
    )
    assert answer.status_code == 302
    saved = NewsPage.objects.get(pk=page.pk)
    assert saved.title == "Neuer Titel"
    assert next(iter(saved.body.raw_data))["value"] == BLOCK["value"]


def test_home_shows_what_plugins_declare(client, settings, template):
    settings.PLUGINS = (Declared("two_days"),)
    text = client.get("/").content.decode()
    assert "Neue Tage</h2>" in text
    assert "<p>Tag 3</p>" in text


def test_choices_name_installed_plugins_with_live_entries(settings):
    names = {name for name, _label in plugin_choices()}
    assert {plugin.app for plugin in settings.PLUGINS if plugin.live} <= names


def test_figures_leave_out_zeros(settings):
    for figure in live.figures(settings.PLUGINS):
        assert figure["number"] > 0


def test_blocks_stay_out_of_migrations():
    loader = MigrationLoader(connection)
    field = loader.project_state(("editorial", "0001_initial")).models["editorial", "newspage"].fields["body"]
    assert field.block_types_arg == ()
    # As makemigrations does it: Wagtail's own labels stand in migrations untranslated.
    with translation.override(None):
        found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    assert "editorial" not in found


# Wagtail leaves the temporary files of its renditions to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
def test_demo_loads_once_and_fills_the_site(client, settings, county, tmp_path):
    from portal.editorial.demo import load_demo

    settings.MEDIA_ROOT = tmp_path
    folder = ROOT / "fixtures" / "coesfeld"
    load_demo(folder)
    count = NewsPage.objects.count()
    assert count >= 12
    load_demo(folder)
    assert NewsPage.objects.count() == count
    text = client.get("/").content.decode()
    assert HomePage.objects.get().heading in text
    assert {story.kind for story in StoryPage.objects.all()} == set(StoryKind.values)
    assert EventPage.shown().count() == EventPage.objects.count() >= 12
    for row in Page.objects.live().filter(content_type__app_label="editorial"):
        assert client.get(row.url).status_code == 200
    found = client.get("/suche/", {"q": "Portal"}).content.decode()
    assert "Ratgeber (" in found
    gc.collect()


def test_check_finds_no_missing_migration():
    call_command("makemigrations", "editorial", "region", "duties", check=True, dry_run=True, stdout=io.StringIO())
