"""The declaration refuses what would fail later."""

import pytest

from regiokit.plugin import Plugin, PluginError, RetentionRule, load

GOOD = {"app": "market", "title": "Markt", "urls": "market.urls", "prefix": "markt/"}


def test_a_good_declaration_is_taken():
    assert Plugin(**GOOD).app == "market"


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"app": "Market Place"}, "lower-case"),
        ({"prefix": "/markt"}, "prefix"),
        ({"urls": "not a path"}, "dotted path"),
        ({"api": "portal.api.router"}, "leads out"),
        (
            {"retention": (RetentionRule(what="x", begins="y", days=0, erase="market.privacy.erase"),)},
            "at least one day",
        ),
    ],
)
def test_a_wrong_declaration_says_what_is_wrong(wrong, word):
    with pytest.raises(PluginError, match=word):
        Plugin(**{**GOOD, **wrong})


def test_a_broken_path_is_never_hidden():
    with pytest.raises(ImportError):
        load("regiokit.nowhere.thing")
