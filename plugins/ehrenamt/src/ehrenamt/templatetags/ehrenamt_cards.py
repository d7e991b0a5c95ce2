"""The parts of an offer's card, in Python: a list draws twenty cards, and a template takes ten times as long.

Each reads the card's variables (see `ehrenamt/offer_card.html`); a theme that replaces that template may do without them.
"""

from functools import lru_cache
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ehrenamt.enums import Mode, Suitable
from ehrenamt.models import Offer
from regiokit.templatetags.regiokit_words import km, on_date

register = template.Library()

NEAR_KM = 0.5
"""Below it, an offer is in the place itself."""


@lru_cache(maxsize=16)
def _words(_language: str | None) -> dict[str, SafeString]:
    """What stands on many cards alike, drawn once for each language."""
    badge, quiet = '<span class="rk-badge">{}</span>', '<span class="rk-badge rk-badge--quiet">{}</span>'
    return {
        "checked": format_html(' <span aria-hidden="true">✓</span> <span>{}</span>', _("geprüft")),
        Mode.ONLINE: format_html(badge, _("online")),
        Mode.HYBRID: format_html(badge, _("teils online")),
        Suitable.BEGINNERS: format_html(quiet, _("ohne Vorkenntnisse")),
        "confirmed": format_html("{}", _("zuletzt bestätigt")),
    }


@register.simple_tag(takes_context=True)
def card_facts(context) -> SafeString:
    """Draw the lines of a card: organisation, town and distance (`place`, `distance` in km), when."""
    offer: Offer = context["offer"]
    where, when = escape(offer.town_name), escape(offer.time_label)
    place, distance = context.get("place"), context.get("distance")
    if place and distance is not None and distance >= NEAR_KM:
        where += ", " + escape(_("%(km)s von %(place)s") % {"km": km(distance), "place": place})
    if offer.schedule:
        when += f": {escape(offer.schedule)}"
    checked = _words(get_language())["checked"] if offer.organisation.verified_at else ""
    return mark_safe(f"<li>{escape(offer.organisation.name)}{checked}</li>\n<li>{where}</li>\n<li>{when}</li>")


@register.simple_tag(takes_context=True)
def card_foot(context) -> SafeString:
    """Draw the badges of a card, and when somebody last said that the offer still stands."""
    offer: Offer = context["offer"]
    words = _words(get_language())
    drawn = words.get(offer.mode, "")
    if Suitable.BEGINNERS in offer.suitable_for:
        drawn += words[Suitable.BEGINNERS]
    if confirmed_at := offer.operating.confirmed_at:
        drawn += f"<span>{words['confirmed']} {on_date(confirmed_at)}</span>"
    return mark_safe(drawn)
