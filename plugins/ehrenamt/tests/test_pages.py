"""The public pages: list, offer, their errors, and what they cost."""

import gzip

import pytest
from django.urls import reverse

from ehrenamt.domain import offers
from ehrenamt.models import Offer


def test_the_list_says_how_many_and_where(client, live):
    live()
    page = client.get(reverse("ehrenamt:offers"), {"near": "duelmen", "radius": "50"}).content.decode()
    assert "<h1>1 Angebot in Dülmen und 50 km</h1>" in page
    assert 'content="noindex, follow"' in page
    assert "von Dülmen" in page


def test_nothing_found_leads_on(client, live):
    live()
    page = client.get(reverse("ehrenamt:offers"), {"near": "Olfen", "radius": "2"}).content.decode()
    assert "Im Umkreis von 50 km suchen" in page
    assert "ohne Filter" in page


def test_offers_without_a_place_are_mentioned(client, live):
    live(municipality_id=None, mode="online")
    page = client.get(reverse("ehrenamt:offers"), {"near": "Olfen"}).content.decode()
    assert "1 weiteres Angebot hat keinen festen Ort" in page


@pytest.mark.parametrize(
    "params",
    [
        {"near": "Entenhausen"},
        {"cause": "nonsense"},
        {"time": "weekly", "mode": "x"},
        {"radius": "-4"},
        {"radius": "viel"},
        {"sort": "nonsense"},
        {"page": "0"},
        {"page": "x"},
        {"q": "x" * 100_000},
        {"near": "1e400,7"},
        {"town": "99999999"},
    ],
)
def test_wrong_parameters_are_told(client, live, params):
    live()
    page = client.get(reverse("ehrenamt:offers"), params)
    assert page.status_code == 400
    assert "Bitte prüfen Sie Ihre Angaben" in page.content.decode()


def test_an_emptied_place_is_no_error(client, live):
    live()
    assert client.get(reverse("ehrenamt:offers"), {"sort": "distance", "near": ""}).status_code == 200


def test_pages_past_the_end_are_not_there(client, live):
    live()
    assert client.get(reverse("ehrenamt:offers"), {"page": "2"}).status_code == 404


def test_a_wrong_parameter_keeps_the_other_filters(client, live):
    live()
    page = client.get(reverse("ehrenamt:offers"), {"near": "xx", "cause": ["school", "sport"]}).content.decode()
    assert '<input type="hidden" name="cause" value="school"' in page
    assert 'value="xx"' in page


def test_anonymous_pages_set_no_cookie(client, live):
    offer = live()
    for path in (reverse("ehrenamt:offers"), offer.get_absolute_url()):
        assert not client.get(path).cookies


def test_a_former_title_leads_to_the_present_one(client, live):
    offer = live()
    page = client.get(reverse("ehrenamt:offer", args=[offer.pk, "alter-titel"]))
    assert page.status_code == 301
    assert page["Location"] == offer.get_absolute_url()


def test_the_offer_page_shows_what_was_released_and_what_is_unknown(client, live, association):
    association.phone, association.phone_hours, association.release_phone = "0221 4710 101", "Mo–Do 9–12 Uhr", True
    association.email = "geheim@lesebruecke.example"
    association.save()
    text = client.get(live().get_absolute_url()).content.decode()
    assert "0221 4710 101" in text
    assert "Mo–Do 9–12 Uhr" in text
    assert "geheim@lesebruecke.example" not in text
    assert "nicht bekannt, fragen Sie nach" in text
    assert "Ich habe Interesse" in text


def test_a_paused_offer_says_so_and_offers_others(client, live):
    offer, other = live(), live(title="Hausaufgaben begleiten")
    offers.pause_offer(offer)
    page = client.get(offer.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 410
    assert "macht gerade Pause" in text
    assert other.title in text


def test_drafts_and_foreign_keys_are_not_there(client, draft, member):
    offer = offers.save_offer_draft(draft(), by=member)
    assert client.get(offer.get_absolute_url()).status_code == 404
    assert client.get(reverse("ehrenamt:offer", args=[2**62, "x"])).status_code == 404
    assert client.get(f"/ehrenamt/angebote/{10**30}-x/").status_code == 404


def test_long_words_and_markup_are_shown_as_text(client, live):
    offer = live(title="Grundstücksverkehrsgenehmigungszuständigkeit <b>", description="<script>alert(1)</script>")
    text = client.get(offer.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;b&gt;" in text


@pytest.mark.parametrize("number", [3, 60])
@pytest.mark.parametrize(
    "params", [{}, {"near": "Coesfeld", "radius": "50", "q": "angebot", "cause": "school", "time": "weekly"}]
)
def test_the_list_needs_the_same_few_queries(client, many, django_assert_max_num_queries, number, params):
    many(number)
    client.get(reverse("ehrenamt:offers"), params)
    with django_assert_max_num_queries(14) as asked:
        page = client.get(reverse("ehrenamt:offers"), params)
    assert page.status_code == 200
    assert len(gzip.compress(page.content)) <= 14_000
    COUNTS.setdefault(("list", str(params)), set()).add(len(asked))
    assert len(COUNTS[("list", str(params))]) == 1


@pytest.mark.parametrize("number", [3, 60])
def test_the_offer_needs_the_same_few_queries(client, many, django_assert_max_num_queries, number):
    first = many(number)
    client.get(first.get_absolute_url())
    with django_assert_max_num_queries(8) as asked:
        assert client.get(first.get_absolute_url()).status_code == 200
    COUNTS.setdefault("offer", set()).add(len(asked))
    assert len(COUNTS["offer"]) == 1


COUNTS = {}
"""Numbers of queries seen by kind of page: with 3 and with 60 entries they must be the same."""


def test_pictures_are_the_same_at_every_call(live):
    from ehrenamt.templatetags.ehrenamt_offers import offer_picture

    offer = live()
    assert offer_picture(offer, "x") == offer_picture(Offer.objects.get(pk=offer.pk), "x")
    for causes in (["sport"], ["culture"], ["leisure"], ["social"], []):
        offer.causes = causes
        assert "<svg" in offer_picture(offer)
        assert "style" not in offer_picture(offer)


def test_the_sitemap_lists_public_offers(client, live):
    from ehrenamt.sitemaps import OfferSitemap

    offer = live()
    assert [item.get_absolute_url() for item in OfferSitemap().items()] == [offer.get_absolute_url()]
