"""What somebody types becomes a question that every engine understands."""

import pytest

from regiokit.search.german import parse


def words(question):
    return [term.word for term in question.terms]


def test_a_word_is_asked_as_itself_and_as_a_part():
    (term,) = parse("Schwimmen").terms
    assert (term.same, term.part, term.near) == ((("schwimm",),), (("zzschwimm",),), ())


def test_a_compound_is_also_found_where_its_parts_stand_apart():
    (term,) = parse("Deutschkurs").terms
    assert ("deutsch", "kurs") in term.part


def test_hyphened_words_are_asked_side_by_side_and_as_one():
    (term,) = parse("Erste-Hilfe-Kurs").terms
    assert term.word == "Erste-Hilfe-Kurs"
    assert term.same == (("erst", "hilf", "kurs"), ("erstehilfekurs",))
    assert term.part == (("zzerstehilfekurs",),)


@pytest.mark.parametrize("text", ['"Erste Hilfe"', "„Erste Hilfe“", "«Erste Hilfe»", "“erste Hilfe”"])
def test_words_in_quotes_are_a_phrase(text):
    (term,) = parse(text).terms
    assert (term.same, term.part) == ((("erst", "hilf"),), ())


def test_a_minus_before_a_word_or_phrase_excludes():
    question = parse('Kinder -Vorlesen -"am Abend" Haus-Tür')
    assert words(question) == ["Kinder", "Haus-Tür"]
    assert [term.word for term in question.excluded] == ["Vorlesen", '"am Abend"']
    assert question.minimum == 2


def test_a_question_of_exclusions_only_is_everything_without_them():
    question = parse("-Kinder")
    assert (question.terms, question.minimum, len(question.excluded)) == ((), 0, 1)


def test_an_excluded_stop_word_excludes_nothing():
    assert parse("Kinder -und").excluded == ()


def test_stop_words_drop_out_unless_nothing_else_is_left():
    assert words(parse("Hilfe für die Kinder")) == ["Hilfe", "Kinder"]
    assert words(parse("für die")) == ["für", "die"]


@pytest.mark.parametrize(
    "text", ["Kinder OR Hunde", "Kinder AND title:Hunde", "(Kinder | Hunde)", "Kinder* ~Hunde^2", "Kinder \\ Hunde"]
)
def test_other_operators_are_text(text):
    assert {"Kinder", "Hunde"} <= set(words(parse(text)))


@pytest.mark.parametrize("text", ["", "   ", '- -- " ""', "()[]{}", "\0", "\u200f", "\ud800", "!?…"])
def test_nothing_to_ask_is_an_empty_question(text):
    question = parse(text)
    assert (question.terms, question.excluded, question.minimum) == ((), (), 0)


def test_an_unclosed_quote_is_text():
    assert words(parse('"Erste Hilfe')) == ["Erste", "Hilfe"]


def test_every_word_is_wanted():
    assert [parse(text).minimum for text in ("Hunde", "Hunde Katzen", "Hunde Katzen Mäuse")] == [1, 2, 3]


def test_a_word_is_asked_once_and_sixteen_at_most():
    assert len(parse("Hund " * 50).terms) == 1
    assert len(parse(" ".join(f"Wort{number}" for number in range(50))).terms) == 16
