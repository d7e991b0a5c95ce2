"""Cards and panels that are drawn in Python tell the same as their templates did, and a theme still replaces them."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

LIST = "/ehrenamt/"
CARD = "ehrenamt/offer_card.html"


@pytest.fixture
def offer(live):
    """Everything a card can tell, with signs that are no markup."""
    found = live(title="Vorlesen & <mehr>", schedule="Mo. & Di.", mode="hybrid", suitable_for=["groups", "beginners"])
    found.organisation.name = "Kind & Kegel <e. V.>"
    return found


def test_a_card_tells_who_where_when_and_what_is_special(offer):
    drawn = render_to_string(CARD, {"offer": offer})
    assert ">Vorlesen &amp; &lt;mehr&gt;</a></h2>" in drawn
    assert '<li>Kind &amp; Kegel &lt;e. V.&gt; <span aria-hidden="true">✓</span> <span>geprüft</span></li>' in drawn
    assert f"<li>{offer.municipality.name}</li>" in drawn
    assert f"<li>{offer.get_time_display()}: Mo. &amp; Di.</li>" in drawn
    assert '<span class="rk-badge">teils online</span>' in drawn
    assert '<span class="rk-badge rk-badge--quiet">ohne Vorkenntnisse</span>' in drawn
    assert "<span>zuletzt bestätigt am " in drawn
    assert "rk-card__snippet" not in drawn


def test_a_card_keeps_silent_about_what_nobody_knows(offer):
    offer.organisation.verified_at = None
    offer.mode, offer.schedule, offer.suitable_for = "on_site", "", []
    offer.operating.confirmed_at = None
    drawn = render_to_string(CARD, {"offer": offer})
    assert "geprüft" not in drawn
    assert "rk-badge" not in drawn
    assert "bestätigt" not in drawn
    assert f"<li>{offer.get_time_display()}</li>" in drawn


@pytest.mark.parametrize(
    ("place", "distance", "told"),
    [("A & B", 4.2, ", 4 km von A &amp; B"), ("A", 0.4, ""), ("", 4.2, ""), ("A", None, "")],
)
def test_a_card_tells_the_distance_from_the_place_that_was_asked_for(offer, place, distance, told):
    drawn = render_to_string(CARD, {"offer": offer, "place": place, "distance": distance})
    assert f"<li>{offer.municipality.name}{told}</li>" in drawn


def test_an_offer_without_a_town_tells_where_else(offer):
    offer.municipality, offer.municipality_id, offer.mode = None, None, "online"
    drawn = render_to_string(CARD, {"offer": offer})
    assert "<li>online, von zu Hause aus</li>" in drawn
    assert '<span class="rk-badge">online</span>' in drawn


def test_the_day_of_confirmation_has_its_year_when_that_is_another(offer):
    offer.operating.confirmed_at = timezone.now()
    assert str(timezone.localdate().year) not in render_to_string(CARD, {"offer": offer}).partition("zuletzt")[2]
    before = timezone.now() - timedelta(days=400)
    offer.operating.confirmed_at = before
    assert str(timezone.localdate(before).year) in render_to_string(CARD, {"offer": offer}).partition("zuletzt")[2]


def test_a_theme_replaces_card_values_and_map(client, live, settings, tmp_path):
    live(title="Vorlesen")
    for name, text in {
        CARD: "<b>{{ offer.title }}, {{ offer.organisation.name }}, {{ offer.get_time_display }}</b>",
        "regiokit/elements/facet.html": "{% for value in facet.values %}<i>{{ facet.name }} {{ value.label }}</i>{% endfor %}",
        "regiokit/elements/map.html": "{% for marker in map.markers %}<u>{{ marker.label }}</u>{% endfor %}",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    text = client.get(LIST).content.decode()
    assert "<b>Vorlesen, " in text
    assert "<i>cause Soziales</i>" in text
    assert "<u>Vorlesen</u>" in text
    assert 'class="rk-card"' not in text
    assert "rk-facet__value" not in text
