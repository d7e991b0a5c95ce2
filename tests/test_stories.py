"""Success stories: what a story shows, the list by kind, the feed, and who points to whom."""

import pytest

from portal.editorial.enums import Audience, StoryKind
from portal.editorial.models import GuideIndexPage, GuidePage, HomePage, StoryIndexPage, StoryPage
from regiokit.places.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    return HomePage.objects.get().add_child(instance=StoryIndexPage(title="Geschichten", slug="geschichten"))


@pytest.fixture
def write(stories):
    def write_story(title="Eine Geschichte", **fields):
        page = StoryPage(**{"title": title, "kind": StoryKind.EMPLOYER, "lead": "Worum es geht.", **fields})
        return stories.add_child(instance=page)

    return write_story


@pytest.fixture
def guide():
    page = GuidePage(title="Ein Ratgeber", audience=Audience.EMPLOYER)
    return GuideIndexPage.objects.get().add_child(instance=page)


def text(client, address="/geschichten/", **question):
    answer = client.get(address, question)
    assert answer.status_code == 200
    return answer.content.decode()


def test_empty_list_says_so(client, stories):
    assert "Hier steht noch keine Geschichte." in text(client)


def test_story_shows_its_parts(client, write, guide, county):
    story = write(
        person="Hedwig Beispiel, Meisterin",
        organisation="Tischlerei Beispiel",
        quote="Gefehlt hat der kurze Weg.",
        figures=[("figure", {"number": "3 Tage", "label": "je Woche im Dorfbüro"})],
        body=[("heading", "Wie es begann")],
        guide=guide,
    )
    town = Municipality.objects.first()
    story.towns = [town]
    story.save()
    page = text(client, story.url)
    parts = ("Hedwig Beispiel", "Tischlerei Beispiel", "Gefehlt hat", "3 Tage", "je Woche", "Wie es begann", town.name)
    for part in (*parts, f'href="{guide.url}"', 'rel="canonical"'):
        assert part in page
    assert story.url in text(client, guide.url)
    guide.unpublish()
    assert guide.url not in text(client, story.url)


def test_list_shows_one_kind_without_script(client, write):
    employer, commuter = write("Betrieb"), write("Pendeln", kind=StoryKind.COMMUTER)
    everything = text(client)
    assert "?kind=employer" in everything
    assert "?kind=association" not in everything
    chosen = text(client, kind="commuter")
    assert commuter.url in chosen
    assert employer.url not in chosen
    assert 'rel="canonical" href="http' in chosen
    assert '/geschichten/"' in chosen


@pytest.mark.parametrize("question", [{"kind": "x"}, {"page": "0"}, {"page": "x"}, {"kind": "employer", "page": "2"}])
def test_kinds_and_pages_that_do_not_exist_are_404(client, write, question):
    write()
    assert client.get("/geschichten/", question).status_code == 404


def test_list_needs_the_same_queries_for_3_and_60(client, write, django_assert_max_num_queries):
    def queries():
        client.get("/geschichten/")
        with django_assert_max_num_queries(13) as counted:
            text(client)
        return len(counted)

    for number in range(3):
        write(f"Geschichte {number}")
    few = queries()
    for number in range(57):
        write(f"Noch eine {number}")
    assert queries() == few
    assert "kind=employer&amp;page=2" in text(client, kind="employer")


def test_feed_is_rss_with_whole_addresses(client, write, settings):
    story = write()
    answer = client.get("/geschichten/feed/")
    assert answer["Content-Type"].startswith("application/rss+xml")
    assert f"<link>{settings.BASE_URL}{story.url}</link>" in answer.content.decode()


def test_guides_for_employers_show_stories_of_employers(client, write, guide):
    employer, association = write("Betrieb"), write("Verein", kind=StoryKind.ASSOCIATION)
    page = text(client, "/ratgeber/", audience="employer")
    assert employer.url in page
    assert association.url not in page
    assert "/geschichten/?kind=employer" in page
    assert employer.url not in text(client, "/ratgeber/")
    employer.unpublish()
    assert "Wie andere es machen" not in text(client, "/ratgeber/", audience="employer")


def test_every_audience_has_stories_or_none():
    assert [StoryKind.of(audience) for audience in Audience] == [
        StoryKind.EMPLOYER,
        StoryKind.COMMUTER,
        None,
        StoryKind.ASSOCIATION,
        StoryKind.ASSOCIATION,
    ]
    assert StoryKind.of("") is None
