"""What a question asks is what the index has: numbers, and words whose stem changed."""

import pytest

from regiokit.search import domain
from regiokit.search.asking import ask
from regiokit.search.models import SearchSynonym, SearchWord

pytestmark = pytest.mark.django_db

ROWS = [
    {"object_id": 1, "title": "Aufsicht in Halle 3", "text": "Wir suchen jemanden für den Abend."},
    {"object_id": 2, "title": "Aufsicht im Bad", "text": "Schwimmen und mehr"},
]


@pytest.fixture
def things(make_source):
    return make_source("numbers.thing", ROWS)


def test_a_synonym_with_a_number_is_found_though_no_vocabulary_has_numbers(asking, things):
    SearchSynonym.objects.create(words="Dreifachhalle, Halle 3")
    assert asking(things).ids("q=Dreifachhalle") == [1]


def test_alternatives_that_no_entry_has_are_not_asked(asking, things):
    SearchSynonym.objects.create(words="Aufsicht, Bademeister")
    asking(things)
    (term,) = ask("Aufsicht", [things.key]).terms
    assert term.near == ()
    assert len(term.same) == 1


def test_a_rebuild_renews_the_token_of_a_word_that_was_there_before(asking, things):
    asking(things)
    before = dict(SearchWord.objects.filter(source=things.key).values_list("word", "token"))
    SearchWord.objects.filter(source=things.key, word="schwimmen").update(token="former")
    domain.rebuild(things, engine="database")
    assert dict(SearchWord.objects.filter(source=things.key).values_list("word", "token")) == before
    assert "former" not in before.values()
