"""A question is widened by synonyms, and by what was probably meant where the index does not know a word."""

from collections import Counter

import pytest
from rapidfuzz.distance import OSA

from regiokit.search.german import expand, index_words, parse, tokenize


class Words:
    """The vocabulary of some texts."""

    def __init__(self, *texts):
        self.tokens = {token for text in texts for token in index_words(text).split()}
        self.words = Counter((token.word, token.stem) for text in texts for token in tokenize(text))

    def knows(self, token):
        return token in self.tokens

    def beginnings(self, prefix, limit):
        return [pair for pair, _ in self.words.most_common() if pair[0].startswith(prefix)][:limit]

    def close(self, word, distance, limit):
        near = [(OSA.distance(word, pair[0]), -count, pair) for pair, count in self.words.items()]
        return [pair for far, _, pair in sorted(near) if far <= distance][:limit]


VOCABULARY = Words(
    "Rettungsschwimmer gesucht", "Vorlesen für Kinder", "Hilfe bei den Hausaufgaben", "Kita Seniorenbüro 48653"
)


def near(text, synonyms=None):
    question = expand(parse(text), VOCABULARY, synonyms or {})
    return [term.near for term in question.terms], question.corrections


def test_a_known_word_stays_as_it_is():
    assert near("Vorlesen") == ([()], {})


def test_the_part_of_a_compound_is_a_known_word():
    assert near("schwimmen") == ([()], {})


def test_the_beginning_of_a_word_is_completed():
    (found,), corrections = near("Rettungssch")
    assert ("rettungsschwimm",) in found
    assert corrections == {}


@pytest.mark.parametrize(
    ("typed", "meant"), [("Kidner", "kinder"), ("Vorlessen", "vorlesen"), ("Rettungschwimer", "rettungsschwimmer")]
)
def test_a_typing_error_is_corrected_and_said(typed, meant):
    (found,), corrections = near(typed)
    assert found
    assert corrections == {typed: meant}


@pytest.mark.parametrize("typed", ["Kinda", "Kiat", "Vurlesan", "48652"])
def test_too_many_errors_short_words_and_numbers_are_left_alone(typed):
    assert near(typed) == ([()], {})


def test_an_unknown_compound_is_asked_by_its_known_parts():
    question = expand(parse("Hausaufgabenhilfe"), Words("Hilfe bei den Hausaufgaben im Haus"), {})
    assert [term.same for term in question.terms] == [(("hausaufgab",),), (("hilf",),)]


def test_synonyms_are_added_with_their_parts_and_spare_the_correction():
    (found,), corrections = near("Hort", {"hort": (("kita",), ("erst", "hilf"))})
    assert found == (("kita",), ("zzkita",), ("erst", "hilf"))
    assert corrections == {}


def test_a_synonym_of_several_words_counts_for_each_of_them():
    found, _ = near("alte Menschen Hilfe", {("alt", "mensch"): (("senior",),)})
    assert found == [(("senior",), ("zzsenior",)), (("senior",), ("zzsenior",)), ()]


def test_phrases_stay_as_they_are():
    assert near('"Kidner"', {"kidner": (("kind",),)}) == ([()], {})


def test_what_is_excluded_is_not_widened():
    question = expand(parse("Kinder -Vorlessen"), VOCABULARY, {})
    assert [term.near for term in question.excluded] == [()]
