"""What the office does for the search: synonyms that work at once, and the list of what was looked for in vain."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.accounts.domain.staff import EDITORS, MODERATORS, make_staff
from portal.pagecache.receivers import is_quiet
from regiokit.search import synonyms
from regiokit.search.models import SearchMiss, SearchSynonym

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


@pytest.fixture
def office():
    """Return a callable that signs in somebody of a group."""

    def sign_in(group: str) -> Client:
        client = Client(headers={"Accept-Language": "de"})
        client.force_login(
            make_staff(f"{group.lower()}@kreis.example", group=group),
            backend="portal.accounts.backends.CodeOnlyBackend",
        )
        return client

    return sign_in


def miss(word, count, town="", source="ehrenamt.offer"):
    SearchMiss.objects.create(source=source, word=word, town=town, count=count, day=timezone.localdate())


def test_editors_keep_synonyms_and_the_next_question_knows_them(office):
    editor = office(EDITORS)
    page = editor.get(reverse("regiokit_synonyms:index"))
    assert page.status_code == 200
    assert "Synonyme der Suche" in page.content.decode()
    answer = editor.post(reverse("regiokit_synonyms:add"), {"words": "Drachenfest; Windvogelschau", "note": "Herbst"})
    assert answer.status_code == 302
    assert ("windvogelschau",) in {way for ways in synonyms.others(synonyms.groups()).values() for way in ways}
    refused = editor.post(reverse("regiokit_synonyms:add"), {"words": "Drachenfest", "note": ""})
    assert "mindestens zwei Wörter" in refused.content.decode()
    group = SearchSynonym.objects.get(note="Herbst")
    assert group.words == "Drachenfest, Windvogelschau"
    assert editor.post(reverse("regiokit_synonyms:delete", args=[group.pk])).status_code == 302
    assert ("windvogelschau",) not in {way for ways in synonyms.others(synonyms.groups()).values() for way in ways}


def test_pages_are_drawn_anew_after_a_change_of_synonyms_but_not_for_every_miss():
    assert not is_quiet(SearchSynonym)
    assert is_quiet(SearchMiss)


def test_synonyms_are_the_editors_matter(office):
    assert office(MODERATORS).get(reverse("regiokit_synonyms:index")).status_code == 302


@pytest.mark.parametrize("group", [EDITORS, MODERATORS])
def test_staff_sees_what_was_missed_often_and_nothing_rare(office, group):
    miss("drachen", 3, town="05558016")
    miss("drachen", 4)
    miss("kanu", 4)
    client = office(group)
    page = client.get(reverse("regiokit_misses:index")).content.decode()
    assert "drachen" in page
    assert "kanu" not in page
    rare = SearchMiss.objects.get(word="kanu")
    assert client.get(reverse("regiokit_misses:inspect", args=[rare.pk])).status_code == 404
    answer = client.get(reverse("regiokit_misses:index"), {"export": "xlsx"})
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.getvalue())).active]
    assert [row[:4] for row in rows[1:]] == [["drachen", "Angebote", 7, None]]
    assert rows[0][:3] == ["Wort", "Bereich", "Suchen in einem Jahr"]


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_needs_the_same_queries_for_every_length(office, django_assert_max_num_queries, number):
    for index in range(number):
        miss(f"wort{chr(97 + index % 26)}{index // 26 * 'x'}", 9, town="05558016")
    client = office(EDITORS)
    client.get(reverse("regiokit_misses:index"))
    with django_assert_max_num_queries(40) as asked:
        assert client.get(reverse("regiokit_misses:index")).status_code == 200
    COUNTS.add(len(asked))
    assert len(COUNTS) == 1


COUNTS = set()
