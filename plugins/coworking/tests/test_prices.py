"""The comparable price of a day."""

from types import SimpleNamespace

import pytest

from coworking.domain.prices import day_price, price_rows, price_words
from coworking.enums import Product


def space(**cents):
    return SimpleNamespace(prices=[{"product": name, "gross_cents": value} for name, value in cents.items()])


@pytest.mark.parametrize(
    ("prices", "cents", "product"),
    [
        ({"day": 1600, "hour": 100}, 1600, Product.DAY),
        ({"hour": 400, "half_day": 1100}, 2200, Product.HALF_DAY),
        ({"hour": 200, "half_day": 1100, "month": 100}, 1600, Product.HOUR),
        ({"half_day": 1400, "ten_days": 19000, "month": 24900}, 2800, Product.HALF_DAY),
        ({"ten_days": 9900, "month": 12900}, 990, Product.TEN_DAYS),
        ({"month": 12930}, 647, Product.MONTH),
        ({"day": 0}, 0, Product.DAY),
    ],
)
def test_the_rule(prices, cents, product):
    price = day_price(space(**prices))
    assert (price.cents, price.product, price.computed) == (cents, product, product != Product.DAY)


def test_words():
    assert price_words(space(day=1200)) == "12 Euro am Tag"
    assert price_words(space(month=30000)) == "rechnerisch 15 Euro am Tag (aus dem Monatspreis)"
    assert price_words(space(ten_days=9900)) == "rechnerisch 9,90 Euro am Tag (aus der Zehnerkarte)"
    assert price_words(space(day=0)) == "kostenlos"
    assert price_words(space()) == "Preis auf Anfrage"


def test_rows_go_from_short_to_long():
    assert price_rows(space(month=19900, hour=400)) == [("Stunde", "4 Euro"), ("Monat", "199 Euro")]
