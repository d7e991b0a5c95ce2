"""What is marked in a text is what was found."""

import pytest

from regiokit.search.german import highlight, parse, snippet


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("Wir suchen Rettungsschwimmer*innen!", "schwimmen", "Wir suchen <mark>Rettungsschwimmer*innen</mark>!"),
        ("Müll & <b>Wald</b>", "muell", "<mark>Müll</mark> &amp; &lt;b&gt;Wald&lt;/b&gt;"),
        ("Erste Hilfe und Hilfe", '"erste Hilfe"', "<mark>Erste Hilfe</mark> und Hilfe"),
        ("ein Erste-Hilfe-Kurs", "Erstehilfekurs", "ein <mark>Erste-Hilfe-Kurs</mark>"),
        ("Senioren hören", "Ohren", "Senioren hören"),
        ("Kinder", "", "Kinder"),
        ("Kinder", "-Kinder", "Kinder"),
    ],
)
def test_found_words_are_marked_and_the_rest_is_escaped(text, asked, marked):
    assert highlight(text, parse(asked)) == marked


def test_a_snippet_shows_the_place_with_most_of_the_words():
    text = "Vorweg steht viel. " * 20 + "Hier lesen wir Kindern vor. " + "Danach steht viel. " * 20
    found = snippet(text, parse("Kinder lesen"), length=80)
    assert "Hier <mark>lesen</mark> wir <mark>Kindern</mark> vor" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < 80 + 2 * len("<mark></mark>") + 4


def test_a_short_text_is_its_own_snippet():
    assert snippet("Kinder & Hunde", parse("Hunde")) == "Kinder &amp; <mark>Hunde</mark>"


def test_without_a_found_word_the_beginning_is_shown():
    assert snippet("Wort " * 100, parse("Kinder"), length=20).startswith("Wort Wort")


def test_a_word_longer_than_the_snippet_does_not_break_it():
    assert snippet("a" * 1000, parse("Kinder"), length=50) == "a" * 50 + " …"
