"""What is drawn without a template looks as its template says, escapes what people wrote, and keeps to the language."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import engines
from django.urls import path, reverse, set_script_prefix
from django.utils.translation import override

from regiokit.paths import entry_path
from regiokit.places.maps import Map, MapMarker, MapPath
from regiokit.search.contract import FacetValue
from regiokit.search.panel import PanelFacet
from regiokit.search.rendering import SearchForm
from regiokit.templatetags.regiokit_elements import facet_box, map_markers, map_places

urlpatterns = [path("eintrag/<int:pk>-<slug:slug>/", lambda request, pk, slug: None, name="entry")]


def drawn(text: str, **context) -> str:
    return engines["django"].from_string(text).render(context)


def test_values_of_a_facet_are_checkboxes_with_their_counts():
    values = [FacetValue("a", "Kinder & <Alte>", 1234, True), FacetValue("b", "Sport", 0, False)]
    _box, _legend, first, second, _end = facet_box(PanelFacet("cause", "Bereich", "", tuple(values))).split("\n")
    assert first == (
        '<div class="rk-facet__value"><input type="checkbox" id="id_cause_a" name="cause" value="a" checked> '
        '<label for="id_cause_a">Kinder &amp; &lt;Alte&gt; <span class="rk-facet__count">(1.234)</span></label></div>'
    )
    assert 'class="rk-facet__value rk-facet__value--none"' in second
    assert "checked" not in second
    assert ">(0)<" in second


def test_a_facet_tells_its_hint_and_folds_what_is_out_of_sight():
    shown, more = (FacetValue("a", "A", 1, False),), (FacetValue("b", "B", 2, True), FacetValue("c", "C", 3, False))
    facet = PanelFacet("when", "Wann & wo?", "Ohne <Tage>", shown, more=more, more_open=True, folded=True)
    drawn = facet_box(facet)
    assert '<legend class="rk-facet__label rk-visually-hidden">Wann &amp; wo?</legend>' in drawn
    assert '<p class="rk-facet__hint">Ohne &lt;Tage&gt;</p>' in drawn
    fold = drawn[drawn.index("<details") :]
    assert fold.startswith('<details class="rk-facet__more" id="rk-more-when" open><summary>2 weitere <span')
    assert "Wann &amp; wo?" in fold
    assert [value in fold for value in ('value="a"', 'value="b"', 'value="c"')] == [False, True, True]


def test_a_theme_adds_class_names_to_the_values_of_a_facet():
    facet = PanelFacet("x", "X", "", (FacetValue("a", "A", 1, False),))
    drawn = facet_box(facet, row="t-row", box="t-box", label="t-label")
    assert re.findall(r'class="([^"]+)"', drawn)[2:] == ["t-row rk-facet__value", "t-box", "t-label", "rk-facet__count"]


def test_markers_are_links_and_those_of_several_entries_tell_their_number():
    shown = Map(
        width=1000,
        height=800,
        paths=(MapPath("Dorf & Stadt", "M1 1l2 2z"),),
        markers=(MapMarker(10, 20, "/a/?b=1&c=2", '"Vorlesen"', 1), MapMarker(500, 600, "/b/", "12 Angebote", 12)),
        caption="",
    )
    assert map_places(shown) == '<path class="rk-map__place" d="M1 1l2 2z"><title>Dorf &amp; Stadt</title></path>'
    one, many = map_markers(shown).split("\n")
    assert 'href="/a/?b=1&amp;c=2" aria-label="&quot;Vorlesen&quot;"' in one
    assert "translate(10 20)" in one
    assert "<text" not in one
    assert re.search(r'r="25".*<text [^>]*>12</text>', one) is None
    assert re.search(r'translate\(500 600\).*r="44".*r="34".*<text [^>]*font-size="38"[^>]*>12</text>', many)


def test_a_card_draws_its_heading_from_its_variables_or_from_the_entry():
    class Entry:
        def __str__(self):
            return "Vorlesen & <mehr>"

        def get_absolute_url(self):
            return "/e/?a=1&b=2"

    tag = "{% load regiokit_elements %}{% card_heading entry %}{% card_snippet %}"
    assert drawn(tag, entry=Entry()) == (
        '<h2 class="rk-card__title"><a href="/e/?a=1&amp;b=2">Vorlesen &amp; &lt;mehr&gt;</a></h2>'
    )
    other = drawn(tag, entry=Entry(), level="h3", url="#seite", title="<b>x</b>", snippet="<mark>x</mark> <script>")
    assert other == (
        '<h3 class="rk-card__title"><a href="#seite">&lt;b&gt;x&lt;/b&gt;</a></h3>'
        '<p class="rk-card__snippet">&lt;mark&gt;x&lt;/mark&gt; &lt;script&gt;</p>'
    )


class Fields(SearchForm):
    """One field of each kind that lists draw."""

    words = forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"data-suggest": "/v/?a=1&b=2", "autofocus": True})
    )
    km = forms.DecimalField(min_value=1, max_value=200, required=False)
    sort = forms.ChoiceField(choices=[("", "Beste & erste"), ("new", "Neueste <zuerst>")], required=False)
    town = forms.CharField(widget=forms.HiddenInput, required=False)
    many = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.MultipleHiddenInput, required=False)
    grouped = forms.ChoiceField(choices=[("Gruppe", [("a", "A")]), ("b", "B")], required=False)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"words": '"><b>', "km": "0", "sort": "new", "town": "Dülmen & mehr", "many": ["a", "b"], "grouped": "a"},
    ],
)
def test_fields_look_as_djangos_templates_draw_them(data):
    ours, django = Fields(data), Fields(data, renderer=DjangoTemplates())
    for name in Fields.base_fields:
        assert str(ours[name]).strip() == str(django[name]).strip()
        assert (
            ours[name].as_widget(attrs={"class": "a b"}).strip()
            == django[name].as_widget(attrs={"class": "a b"}).strip()
        )


def test_constant_words_follow_the_language_of_the_request():
    template = engines["django"].from_string("{% load i18n regiokit_texts %}{% translate 'March' %}")
    found = []
    for language in ("de", "fr", "de", "en"):
        with override(language):
            found.append(template.render())
    assert found == ["März", "mars", "März", "March"]


def test_words_for_a_variable_are_put_there_each_time():
    template = engines["django"].from_string(
        "{% load i18n regiokit_texts %}{% for _ in 'ab' %}{% translate 'May' as month %}[{{ month }}]{% endfor %}"
    )
    with override("de"):
        assert template.render() == template.render() == "[Mai][Mai]"


@pytest.mark.parametrize(
    "tag",
    ["translate word", "translate 'March'|upper", "translate 'March' noop", "translate 'May' context 'abbrev. month'"],
)
def test_whatever_is_more_than_plain_words_stays_djangos(tag):
    ours, django = (
        engines["django"].from_string(f"{{% load {libraries} %}}{{% {tag} %}}")
        for libraries in ("i18n regiokit_texts", "i18n")
    )
    with override("de"):
        for word in ("March", "<May>"):
            assert ours.render({"word": word}) == django.render({"word": word})


def test_paths_of_entries_are_those_of_reverse(settings):
    settings.ROOT_URLCONF = __name__
    for number, slug in [(1, "a"), (4711, "vorlesen-im-hort"), (9876543210, "zq0-zq0"), (12, "1-2_3")]:
        assert entry_path("entry", number, slug) == reverse("entry", args=[number, slug])
    before = entry_path("entry", 1, "a")
    set_script_prefix("/portal/")
    try:
        assert entry_path("entry", 1, "a") == reverse("entry", args=[1, "a"]) == f"/portal{before}"
    finally:
        set_script_prefix("/")
