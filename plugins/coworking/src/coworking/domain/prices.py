"""Prices that can be compared: what one day costs, wherever it is bought."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from coworking.enums import Product
from regiokit.templatetags.regiokit_words import euro

HOURS_A_DAY = 8
HALF_DAYS_A_DAY = 2
DAYS_A_CARD = 10
WORKING_DAYS_A_MONTH = 20
"""Full-time work of five days in four weeks; whoever comes less often pays more for each day."""


@dataclass(frozen=True, slots=True)
class DayPrice:
    """What a day costs, in cents with VAT, and the product from which that follows."""

    cents: int
    product: Product

    @property
    def computed(self) -> bool:
        """Whether the price was worked out, because no single day is sold."""
        return self.product is not Product.DAY


def day_price(space) -> DayPrice | None:
    """Return the comparable price of one day, or None when the space names no price.

    The rule, in this order: the price of a day; else the cheaper of eight hours and two half days, because they too can
    be bought for a single day; else a tenth of the card for ten days; else a twentieth of the month.
    """
    cents = {price["product"]: price["gross_cents"] for price in space.prices}
    if Product.DAY in cents:
        return DayPrice(cents[Product.DAY], Product.DAY)
    single = [
        DayPrice(cents[product] * factor, product)
        for product, factor in ((Product.HOUR, HOURS_A_DAY), (Product.HALF_DAY, HALF_DAYS_A_DAY))
        if product in cents
    ]
    if single:
        return min(single, key=lambda price: price.cents)
    for product, days in ((Product.TEN_DAYS, DAYS_A_CARD), (Product.MONTH, WORKING_DAYS_A_MONTH)):
        if product in cents:
            return DayPrice(_rounded(cents[product], days), product)
    return None


def _rounded(cents: int, days: int) -> int:
    return (2 * cents + days) // (2 * days)


def price_words(space) -> str:
    """Return "12 Euro am Tag", "rechnerisch 15 Euro am Tag (aus dem Monatspreis)", or "Preis auf Anfrage"."""
    price = day_price(space)
    if price is None:
        return _("Preis auf Anfrage")
    if price.cents == 0:
        return _("kostenlos")
    if not price.computed:
        return _("%(price)s am Tag") % {"price": euro(price.cents)}
    sources = {
        Product.HOUR: _("aus dem Stundenpreis"),
        Product.HALF_DAY: _("aus dem Preis für halbe Tage"),
        Product.TEN_DAYS: _("aus der Zehnerkarte"),
        Product.MONTH: _("aus dem Monatspreis"),
    }
    return _("rechnerisch %(price)s am Tag (%(source)s)") % {
        "price": euro(price.cents),
        "source": sources[price.product],
    }


def price_rows(space) -> list[tuple[str, str]]:
    """Return (product, price) in words for each product that is sold, from short to long."""
    cents = {price["product"]: price["gross_cents"] for price in space.prices}
    return [(str(product.label), euro(cents[product])) for product in Product if product in cents]
