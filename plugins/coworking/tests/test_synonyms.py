"""The groups of words that the plugin ships say something, each of them."""

from importlib import import_module

from regiokit.testing.synonyms import assert_each_says_something

GROUPS = import_module("coworking.migrations.0004_synonyms").GROUPS.strip().splitlines()


def test_every_group_says_something():
    assert_each_says_something(GROUPS)
