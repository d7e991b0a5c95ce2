"""The groups of words that the plugin ships say something, each of them."""

from importlib import import_module

from regiokit.search.synonyms import stems_of, ways_of

GROUPS = import_module("coworking.migrations.0004_synonyms").GROUPS.strip().splitlines()


def test_every_group_has_at_least_two_ways_that_differ():
    for words in GROUPS:
        stems = [stems_of(way) for way in ways_of(words)]
        assert len(stems) >= 2, words
        assert all(stems), words
        assert len(set(stems)) == len(stems), words
        assert len(words) <= 400
