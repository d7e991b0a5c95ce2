"""What the pages of offers draw beside the offer itself; so the preview in Wagtail's admin shows the whole page too."""

import hashlib
from datetime import timedelta

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ehrenamt.domain import browsing
from ehrenamt.enums import Cause, Known
from ehrenamt.models import Offer
from regiokit.places.maps import Map, MapEntry, build_map
from regiokit.places.models import Municipality
from regiokit.places.outlines import outlines_of

register = template.Library()

HUES = 6
"""Classes rk-pattern--1 to rk-pattern--6, which a theme colours."""

CAUSES = {cause: number for number, cause in enumerate(Cause.values)}


@register.simple_tag
def similar_offers(offer: Offer) -> list[Offer]:
    """Return up to three public offers like this one near by."""
    return browsing.similar_offers(offer)


@register.simple_tag
def answer_time(offer: Offer) -> str:
    """Say how quickly the association answers, or nothing before there are enough answers."""
    span = browsing.answer_time(offer.organisation_id)
    if span is None:
        return ""
    days = round(span / timedelta(days=1))
    if days < 1:
        return _("Antwortet meist noch am selben Tag")
    return ngettext("Antwortet meist nach einem Tag", "Antwortet meist nach %(days)s Tagen", days) % {"days": days}


@register.simple_tag
def offer_map(offer: Offer) -> Map | None:
    """Return the county's map with the offer as its only marker, which leads to streets on OpenStreetMap."""
    if offer.lat is None or offer.lon is None:
        return None
    label = _("%(place)s auf OpenStreetMap ansehen") % {"place": offer.place_name or offer.town_name}
    return build_map(
        [MapEntry(offer.lat, offer.lon, label, osm_url(offer))],
        towns=outlines_of(Municipality.objects.all()),
        caption=_("Lage im Kreis: %(place)s") % {"place": offer.town_name},
        group_label=lambda entries: label,
        group_url=lambda entries: osm_url(offer),
    )


@register.filter
def osm_url(offer: Offer) -> str:
    """Return the address of the place on OpenStreetMap."""
    point = f"{offer.lat:.5f}"
    return f"https://www.openstreetmap.org/?mlat={point}&mlon={offer.lon:.5f}#map=17/{point}/{offer.lon:.5f}"


@register.filter
def known_word(value: str) -> str:
    """Return "ja", "nein" or, where nobody said, what to do."""
    return _("nicht bekannt, fragen Sie nach") if value == Known.UNKNOWN else str(Known(value).label)


@register.filter
def telephone(number: str) -> str:
    """Return the number as a telephone dials it."""
    return "".join(letter for letter in number if letter in "+0123456789")


@register.simple_tag
def offer_picture(offer: Offer, css_class: str = "") -> SafeString:
    """Draw the pattern of an offer: its cause gives motif and hue, its key the places. The same at every call."""
    cause = CAUSES.get(offer.causes[0], 0) if offer.causes else 0
    seeds = hashlib.blake2b(f"ehrenamt.{offer.pk}".encode(), digest_size=8).digest()
    motif = (_discs, _waves, _hills, _bars)[cause % 4]
    return mark_safe(
        f'<svg class="{escape(css_class)} rk-pattern rk-pattern--{cause % HUES + 1}" viewBox="0 0 160 70" '
        'preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false" fill="currentColor">'
        f'<path opacity=".14" d="M0 0h160v70H0z"/>{motif(seeds)}</svg>'
    )


def _discs(seeds: bytes) -> str:
    return "".join(
        f'<circle cx="{20 + 52 * i + seeds[i] % 30}" cy="{15 + seeds[i + 3] % 40}" r="{12 + seeds[i + 4] % 22}" opacity=".{2 + i}"/>'
        for i in range(3)
    )


def _waves(seeds: bytes) -> str:
    rows = []
    for i in range(3):
        top, bend, height = 14 + 20 * i, seeds[i] % 24 - 12, 4 + seeds[i + 3] % 7
        rows.append(f"M0 {top}q20 {bend} 40 0t40 0 40 0 40 0v{height}q-20 {bend}-40 0t-40 0-40 0-40 0z")
    return f'<path opacity=".35" d="{"".join(rows)}"/>'


def _hills(seeds: bytes) -> str:
    hills = []
    for i in range(3):
        left, half, width = seeds[i] % 60 + 40 * i - 60, 30 + seeds[i + 3] % 20, 90 + seeds[i + 2] % 30
        hills.append(f'<path opacity=".{2 + i}" d="M{left} 70q{half}-{50 - 12 * i} {width} 0z"/>')
    return f'{"".join(hills)}<circle cx="{20 + seeds[6] % 120}" cy="{14 + seeds[7] % 10}" r="7" opacity=".6"/>'


def _bars(seeds: bytes) -> str:
    bars = "".join(f"M{8 + 22 * i} 70v-{12 + seeds[i] % 44}q7-9 14 0V70z" for i in range(7))
    return f'<path opacity=".35" d="{bars}"/>'
