"""Compounds are found by their parts, and by nothing that only stands in their letters."""

from pathlib import Path

import pytest

from regiokit.search.german import index_words
from regiokit.search.german.compounds import split

LINES = (Path(__file__).parent / "data" / "german_parts.txt").read_text(encoding="utf-8").splitlines()
SPLITS = [line.partition(":")[::2] for line in LINES if line and not line.startswith("#")]


def finds(word, asked):
    stem = index_words(asked).split()[0]
    return bool({stem, f"zz{stem}"} & set(index_words(word).split()))


@pytest.mark.parametrize(("word", "expected"), SPLITS, ids=[word for word, _ in SPLITS])
def test_a_compound_is_found_by_its_parts_and_by_no_false_part(word, expected):
    parts, _, false = expected.partition("!")
    assert [part for part in parts.split() if not finds(word, part)] == []
    assert [part for part in false.split() if finds(word, part)] == []


def test_there_are_enough_words_to_tell():
    assert len(SPLITS) > 250


def test_umlauts_spelled_out_are_the_same_parts():
    assert index_words("Bürgerfest") == index_words("Buergerfest")


def test_all_letters_must_be_covered_and_common_parts_win():
    modifiers = {"arbeits": 9, "arbeit": 9, "vor": 3}
    heads = {"orte": 8, "sorte": 4, "rat": 5}
    assert split("arbeitsorte", modifiers=modifiers, heads=heads) == ("arbeits", "orte")
    assert split("vorratx", modifiers=modifiers, heads=heads) == ()


def test_the_towns_of_all_regions_are_never_taken_apart():
    assert index_words("Ascheberg Nordkirchener") == "ascheberg nordkirch"
