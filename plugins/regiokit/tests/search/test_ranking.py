"""The order that a person can explain, on every engine; and what is suggested while somebody types."""

from datetime import timedelta

from django.utils import timezone

from regiokit.search import domain
from regiokit.search.contract import Suggestion

DUELMEN, COESFELD = (51.8310, 7.2780), (51.9450, 7.1680)
NOW = timezone.now()


def test_title_before_organisation_before_text(asking, make_source):
    rows = [
        {"object_id": 1, "title": "Garten pflegen"},
        {"object_id": 2, "title": "Etwas", "organisation": "Verein Garten"},
        {"object_id": 3, "title": "Anderes", "text": "Arbeit im Garten"},
        {"object_id": 4, "title": "Nichts davon"},
    ]
    assert asking(make_source("rank.fields", rows)).ids("q=garten") == [1, 2, 3]


def test_the_word_itself_before_a_part_of_a_compound(asking, make_source):
    rows = [{"object_id": 1, "title": "Garten"}, {"object_id": 2, "title": "Gartenfest"}]
    assert asking(make_source("rank.parts", rows)).ids("q=garten") == [1, 2]


def test_all_words_before_some(asking, make_source):
    rows = [
        {"object_id": 1, "title": "Etwas", "text": "Garten und Kinder"},
        {"object_id": 2, "title": "Garten"},
        {"object_id": 3, "title": "Kinder"},
    ]
    result = asking(make_source("rank.all", rows))("q=garten+kinder")
    assert result.hits[0].object_id == 1
    assert {hit.object_id for hit in result.hits} == {1, 2, 3}
    assert (result.partial, result.complete) == (True, 1)


def test_near_before_far_and_words_before_near(asking, make_source):
    rows = [
        {"object_id": 1, "title": "Garten", "lat": DUELMEN[0], "lon": DUELMEN[1]},
        {"object_id": 2, "title": "Garten", "lat": COESFELD[0], "lon": COESFELD[1]},
        {"object_id": 3, "title": "Etwas", "text": "Garten", "lat": DUELMEN[0], "lon": DUELMEN[1]},
    ]
    ask = asking(make_source("rank.near", rows))
    assert ask.ids("q=garten&near=Dülmen&radius=50&sort=relevance") == [1, 2, 3]
    assert ask.ids("q=garten&near=Coesfeld&radius=50&sort=relevance") == [2, 1, 3]
    assert ask.ids("near=Coesfeld&radius=50&sort=relevance") == [2, 3, 1]


def test_recently_confirmed_before_stale(asking, make_source):
    days = {1: 200, 2: 1, 3: 100, 4: 40, 5: None}
    rows = [
        {"object_id": pk, "title": "Garten", "confirmed_at": None if age is None else NOW - timedelta(days=age)}
        for pk, age in days.items()
    ]
    assert asking(make_source("rank.fresh", rows)).ids("q=garten") == [2, 4, 3, 1, 5]


def test_newest_first(asking, make_source):
    days = {1: 3, 2: 1, 3: None, 4: 2, 5: 2}
    rows = [
        {
            "object_id": pk,
            "title": "Garten",
            "published_at": None if age is None else NOW.replace(microsecond=0) - timedelta(days=age),
        }
        for pk, age in days.items()
    ]
    assert asking(make_source("rank.newest", rows)).ids("q=garten&sort=newest") == [2, 5, 4, 1, 3]


def test_suggestions_while_typing(asking, make_source):
    rows = [
        {
            "object_id": 1,
            "title": "Garten pflegen",
            "organisation": "Heimatverein",
            "suggestions": (("cause", "Natur und Garten"),),
        },
        {"object_id": 2, "title": "Vorlesen", "organisation": "Heimatverein", "suggestions": (("cause", "Bildung"),)},
        {"object_id": 3, "title": "Gartenfest", "organisation": "Bücherei"},
    ]
    source = make_source("rank.typing", rows)
    asking(source)
    assert set(domain.suggest([source], "Gart")) == {
        Suggestion("title", "Garten pflegen"),
        Suggestion("title", "Gartenfest"),
        Suggestion("cause", "Natur und Garten"),
    }
    assert domain.suggest([source], "heimat") == [Suggestion("organisation", "Heimatverein")]
    assert domain.suggest([source], "pfle") == [Suggestion("title", "Garten pflegen")]
    assert domain.suggest([source], "Bü") == domain.suggest([source], "bue") == [Suggestion("organisation", "Bücherei")]
    assert domain.suggest([source], "  ") == domain.suggest([source], "xyz") == []
    assert len(domain.suggest([source], "g", limit=1)) == 1


def test_a_label_that_is_completed_from_two_of_its_words_takes_no_place_of_others(asking, make_source):
    rows = [{"object_id": pk, "title": "Garten am Garten"} for pk in range(1, 6)]
    source = make_source("rank.twice", [*rows, {"object_id": 6, "title": "Gartenfest"}])
    asking(source)
    assert domain.suggest([source], "gart", limit=2) == [
        Suggestion("title", "Garten am Garten"),
        Suggestion("title", "Gartenfest"),
    ]


def test_a_label_that_is_completed_twice_lets_no_rarer_one_of_another_kind_pass_before_a_common_one(
    asking, make_source
):
    rows = [{"object_id": pk, "title": "Garten am Garten"} for pk in range(1, 6)]
    rows += [{"object_id": pk, "title": "Gartenfest"} for pk in range(6, 9)]
    rows += [{"object_id": 9, "title": "Hofladen", "organisation": "Gartenverein"}]
    source = make_source("rank.passing", rows)
    asking(source)
    assert domain.suggest([source], "gart", limit=2) == [
        Suggestion("title", "Garten am Garten"),
        Suggestion("title", "Gartenfest"),
    ]
