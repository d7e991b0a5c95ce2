"""The groups of words that the plugin ships say something, each of them."""

from importlib import import_module

from regiokit.search.models import SearchSynonym
from regiokit.testing.synonyms import assert_each_says_something

GROUPS = import_module("ehrenamt.migrations.0003_synonyms").GROUPS.strip().splitlines()


def test_every_group_says_something():
    assert_each_says_something(GROUPS)


def test_the_migration_brings_them(db):
    assert SearchSynonym.objects.filter(words__contains="Müll, Abfall").count() == 1
    assert SearchSynonym.objects.count() >= 100


def test_another_word_finds_the_same(live):
    from django.http import QueryDict

    from ehrenamt.search import source
    from regiokit.search import domain, filters

    live(title="Den Bach von Müll befreien")
    found = domain.search(source, filters.query_from(source, QueryDict("q=Unrat")))
    assert [hit.object.title for hit in found.hits] == ["Den Bach von Müll befreien"]
    SearchSynonym.objects.create(words="Dreckzeug, Müll")
    found = domain.search(source, filters.query_from(source, QueryDict("q=Dreckzeug")))
    assert [hit.object.title for hit in found.hits] == ["Den Bach von Müll befreien"]
