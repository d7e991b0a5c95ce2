"""Whatever is typed or stored: tokens are plain, questions stay small, offsets hold, nothing is read twice."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regiokit.search.german import FINGERPRINT, fold, highlight, index_words, parse, snippet, tokenize
from regiokit.search.german import wordlist as lists
from regiokit.search.german.compounds import split

PLAIN = re.compile(r"[a-z0-9]+")
PIECES = [
    "Helfer",
    "*in",
    "innen",
    ":",
    "-",
    '"',
    "(",
    "ß",
    "Ä",
    "a\u0308",
    "\0",
    "\u200f",
    "\u00ad",
    " ",
    "/-",
    "_",
    "5",
    "\ud800",
    "İ",
    "ﬃ",
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@given(TEXTS)
def test_tokens_are_plain_and_stand_where_they_say(text):
    for token in tokenize(text):
        assert PLAIN.fullmatch(token.word)
        assert all(PLAIN.fullmatch(stem) for stem in (token.stem, *token.parts))
        assert 0 <= token.start < token.end <= len(text)
    assert all(PLAIN.fullmatch(token) for token in index_words(text).split())


@given(TEXTS)
def test_a_question_is_small_and_plain(text):
    question = parse(text)
    assert len(question.terms) <= 16
    assert len(question.excluded) <= 16
    assert question.minimum <= len(question.terms)
    for term in question.terms + question.excluded:
        assert all(PLAIN.fullmatch(token) for alternative in term.alternatives for token in alternative)


@given(TEXTS, TEXTS)
def test_marks_change_nothing_but_add_marks(text, asked):
    from django.utils.html import escape

    marked = highlight(text, parse(asked))
    assert re.sub(r"</?mark>", "", marked) == escape(text)
    assert marked.count("<mark>") == marked.count("</mark>")
    assert snippet(text, parse(asked), length=40).count("<mark>") == snippet(text, parse(asked), length=40).count(
        "</mark>"
    )


@given(TEXTS)
def test_a_text_is_found_by_its_own_words(text):
    stored = set(index_words(text).split())
    for term in parse(text).terms:
        if not term.word.startswith('"'):
            assert any(set(alternative) <= stored for alternative in term.alternatives)


@given(TEXTS)
@example("OEE")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


HOSTILE = [
    "a" * 100_000, '"' * 10_000, "(" * 10_000, "-" * 10_000, "\0" * 10_000, "\u200f" * 10_000, "a-" * 50_000,
    "a*in" * 25_000, "-a " * 30_000, '"a" ' * 20_000, "ß" * 100_000, "a\u0301" * 50_000, "haus" * 25_000, "((in" * 25_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:6]) for text in HOSTILE])
def test_hostile_text_gives_a_small_question_and_short_tokens(text):
    question = parse(text)
    assert len(question.terms) <= 16
    assert all(len(token) <= 400 for token in index_words(text).split())
    assert re.sub(r"</?mark>", "", highlight(text, question))


class Counting(dict):
    """Words that count how often they are asked."""

    asked = 0

    def __contains__(self, word):
        self.asked += 1
        return super().__contains__(word)


def test_taking_a_word_apart_asks_at_most_each_piece_of_it_once():
    modifiers, heads = Counting({"haus": 9}), Counting({"haus": 9})
    assert split("haus" * 16, modifiers=modifiers, heads=heads) == ()
    assert modifiers.asked <= 64 * 64 / 2
    assert heads.asked <= 64


def test_the_fingerprint_tells_when_texts_are_read_differently():
    """When this fails, texts are read differently: let `_ANALYSER` grow in regiokit/search/german, then write the new words here."""
    assert re.fullmatch(r"[0-9a-f]{16}", FINGERPRINT)
    assert index_words("Die Helfer*innen der Jugendfeuerwehr lesen 3 Erste-Hilfe-Bücher vor: Müll, Straße, Autos") == (
        "die helf der jugendfeuerwehr les 3 erst hilf buch vor mull strass auto"
        " zzjugend zzfeu zzwehr zzjugendfeu zzfeuerwehr zzerst zzhilf zzbuch zzerstehilf zzhilfebuch erstehilfebuch"
    )


def test_a_region_adds_words_of_its_own(settings, tmp_path):
    before = lists.words()
    settings.REGIOKIT_SEARCH_WORDS = tmp_path / "words.txt"
    settings.REGIOKIT_SEARCH_WORDS.write_text("[modifiers]\npättkes\n\n[stems]\nklönen: Klön klönt\n", encoding="utf-8")
    lists.words.cache_clear()
    try:
        assert "pattkes" in lists.words().modifiers
        assert lists.words().stems["klont"] == "klonen"
        assert lists.words().fingerprint != before.fingerprint
    finally:
        lists.words.cache_clear()


def test_a_file_of_words_with_an_unknown_section_is_refused():
    with pytest.raises(ValueError, match="modifier"):
        lists.read_own("[modifier]\nrad\n")
