"""One word in all its spellings, forms and genders is one stem; a compound is found by its parts."""

import pytest

from regiokit.search.german import fold, index_words, tokenize


def stems(text):
    return {token.stem for token in tokenize(text)}


@pytest.mark.parametrize(
    "forms",
    [
        "Helfer Helfern Helfer*in Helfer*innen Helfer:in Helfer:innen Helfer_in Helfer_innen HelferIn HelferInnen Helfer/-in "
        "Helfer/-innen Helfer/in Helfer/innen Helfer(in) Helfer(innen) Helferin Helferinnen Helfende Helfenden HELFER",
        "Arzt Ärzte Ärztin Ärztinnen Ärzt*in Ärzt:innen ÄrztInnen Aerztin",
        "Lehrer Lehrerin Lehrer:innen Lehrende",
        "Koch Köchin Köch*innen Köche",
        "Lotse Lotsin Lots*innen Lots:in Lotsen",
        "Kollege Kollegin Kolleg*innen KollegInnen",
        "Jugendliche Jugendlicher Jugendliche(r) Jugendliche*r Jugendlichen",
        "Student Studentin Studierende Student*innen",
        "Integrationslotse Integrationslotsin Integrationslots*innen",
        "Vorleser Vorleserin Vorlesende vorlesen",
        "Müll Muell MÜLL Mülls müll",
        "Straße Strasse Straßen STRASSE strassen",
        "Museum Museen Museums",
        "Zentrum Zentren",
        "Begegnungszentrum Begegnungszentren",
        "Auto Autos",
        "Amt Ämter Ämtern",
        "Vereine Verein Vereinen Vereins",
        "ehrenamtlich Ehrenamt ehrenamtliche",
    ],
)
def test_all_forms_of_a_word_have_one_stem(forms):
    assert len(stems(forms)) == 1


@pytest.mark.parametrize(
    "word", ["Termin", "Berlin", "Verein", "Medizin", "Benzin", "Kamin", "Schwerin", "Magazin", "Konstantin", "darin"]
)
def test_words_that_only_look_feminine_keep_their_ending(word):
    assert stems(word) == {fold(word)}


@pytest.mark.parametrize("word", ["gewinnen", "beginnen", "drinnen", "Spinnen", "Innenstadt"])
def test_innen_without_a_person_stays(word):
    assert next(iter(stems(word))).startswith(fold(word)[:5])


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bürger", "Burg"), ("wandern", "Wand"), ("Kurs", "Kur"), ("Woche", "Wochenende"), ("Schützen", "Schutz")],
)
def test_different_words_stay_different(one, other):
    assert not stems(one) & stems(other)


def test_words_in_other_scripts_are_words_too():
    assert stems("Привет") == stems("привет")
    assert len(stems("Привет мир مرحبا")) == 3


def test_signs_of_gender_within_a_word_vanish():
    assert [token.word for token in tokenize("Bürger*innentreff, BürgerInnentreff")] == ["burgertreff", "burgertreff"]


def test_a_word_with_hyphens_is_its_words_and_the_whole():
    tokens = list(tokenize("der Erste-Hilfe-Kurs"))
    assert [token.word for token in tokens] == ["der", "erste", "hilfe", "kurs", "erstehilfekurs"]
    assert [(token.start, token.end) for token in tokens] == [(0, 3), (4, 9), (10, 15), (16, 20), (4, 20)]
    assert [token.joined for token in tokens] == [False, False, False, False, True]


def test_offsets_point_into_the_text_as_it_was_written():
    text = "Für „Straßenfest“: Ma\u0308dchen, O\u00adma & Ärzt*innen!"
    assert [text[token.start : token.end] for token in tokenize(text)] == [
        "Für",
        "Straßenfest",
        "Ma\u0308dchen",
        "O\u00adma",
        "Ärzt*innen",
    ]


def test_numbers_stay():
    assert index_words("48653, 2. Halbjahr").split()[:3] == ["48653", "2", "halbjahr"]


def test_the_index_stores_stems_in_order_and_parts_behind_them():
    assert index_words("Rettungsschwimmer gesucht") == "rettungsschwimm gesucht zzrettung zzschwimm"
