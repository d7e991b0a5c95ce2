"""Words lead to other words in a question: families both ways, narrower words one way."""

from collections import Counter

import pytest

from regiokit.search.german import expand, fold, parse, related
from regiokit.search.german.related import stems_of
from regiokit.search.german.wordlist import words
from regiokit.search.synonyms import others, single_words


class Everything:
    """An index that has every word."""

    def knows(self, token):
        return True


def leads(typed, *, groups=()):
    """The other ways to say what was typed."""
    (term,) = expand(parse(typed), Everything(), others(groups)).terms
    return term.near


def test_a_family_leads_both_ways_and_a_narrower_word_one_way():
    assert stems_of("Gesang") in leads("singen")
    assert stems_of("singen") in leads("Gesang")
    assert stems_of("reparieren") in leads("Elektriker")
    assert stems_of("Elektriker") not in leads("reparieren")


def test_synonyms_of_editors_come_before_the_list():
    near = leads("Gesang", groups=("Gesang, Liederkranz",))
    assert near.index(stems_of("Liederkranz")) < near.index(stems_of("singen"))


def test_ways_of_several_words_are_recognised_although_a_question_has_no_stop_words():
    terms = expand(parse("rund ums Rad Menschen mit Behinderung"), Everything(), others(())).terms
    assert any(stems_of("Lebenshilfe") in term.near for term in terms)


def test_every_word_leads_somewhere_when_somebody_types_it_and_none_stands_twice_on_the_left():
    assert len(related.related()) > 2000
    for ways, leading in related._lines():
        for way in ways:
            terms = expand(parse(way), Everything(), related.related()).terms
            found = {alternative for term in terms for alternative in term.alternatives}
            assert found & {stems_of(other) for other in leading if stems_of(other) != stems_of(way)}, way
    lone = [fold(ways[0]) for ways, _others in related._lines() if len(ways) == 1]
    assert [word for word, times in Counter(lone).items() if times > 1] == []


def test_nothing_leads_to_a_word_that_reads_like_a_stop_word():
    # "Wolle" would find every "wollen": entries keep their stop words.
    stop = {stems_of(word) for word in words().stop}
    assert {stems_of(other) for _ways, leading in related._lines() for other in leading} & stop == set()


def test_an_unknown_section_is_refused(monkeypatch):
    monkeypatch.setattr(related, "_text", lambda: "[other]\nA, B")
    with pytest.raises(ValueError, match="other"):
        list(related._lines())


def test_who_mistypes_a_word_of_the_list_is_told_of_no_illness():
    assert single_words(("Kita, Kindergarten",)) == {"kita": "kita", "kindergarten": "kindergart"}
