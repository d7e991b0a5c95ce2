"""Editors say which words mean the same; the next search knows it."""

import pytest

from regiokit.search.models import SearchSynonym
from regiokit.search.synonyms import add_missing
from regiokit.search.viewsets import SynonymForm, SynonymViewSet

pytestmark = pytest.mark.django_db


def form(words, instance=None):
    model_form = SynonymViewSet().edit_handler.bind_to_model(SearchSynonym).get_form_class()
    assert issubclass(model_form, SynonymForm)
    return model_form({"words": words, "note": ""}, instance=instance)


def test_a_group_is_kept_in_one_form():
    SearchSynonym.objects.all().delete()
    checked = form(" Kita ,Kinder  garten;\nTagespflege, ")
    assert checked.is_valid()
    assert checked.save().words == "Kita, Kinder garten, Tagespflege"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Kita", "mindestens zwei Wörter"),
        ("Kita,,", "mindestens zwei Wörter"),
        ("Kita, !!", "keine Buchstaben"),
        ("Helferin, Helfer*innen", "schon als dasselbe Wort"),
        ("Müll, Abfall, muell", "schon als dasselbe Wort"),
        ("Eins zwei drei vier fünf sechs, Kita", "zu lang"),
        ("a" * 401, "400"),
    ],
)
def test_groups_that_say_nothing_new_are_refused(words, message):
    checked = form(words)
    assert not checked.is_valid()
    assert message in checked.errors["words"][0]


def test_words_that_stand_together_already_are_refused_but_may_be_changed():
    group = SearchSynonym.objects.create(words="Drachen, Windvogel, Kite")
    assert "Drachen, Windvogel, Kite" in form("Kite, Drachen").errors["words"][0]
    assert form("Kite, Drachen", instance=group).is_valid()


def test_groups_shipped_by_plugins_never_touch_what_editors_keep():
    SearchSynonym.objects.all().delete()
    SearchSynonym.objects.create(words="Drachen, Kite")
    assert add_missing(["drachen, Lenkdrachen", "Kanu, Paddelboot"]) == 1
    assert add_missing(["drachen, Lenkdrachen", "Kanu, Paddelboot"]) == 0
    assert set(SearchSynonym.objects.values_list("words", flat=True)) == {"Drachen, Kite", "Kanu, Paddelboot"}
