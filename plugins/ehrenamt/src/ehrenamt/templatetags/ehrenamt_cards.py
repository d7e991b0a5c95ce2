"""The parts of an offer's card, in Python: a list draws twenty cards, and a template takes ten times as long.

Each reads the card's variables (see `ehrenamt/offer_card.html`); a theme that replaces that template may do without them.
"""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ehrenamt.enums import Mode, Suitable
from ehrenamt.models import Offer
from regiokit.templatetags.regiokit_words import km, on_date

register = template.Library()

NEAR_KM = 0.5
"""Below it, an offer is in the place itself."""


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
    checked = ' <span aria-hidden="true">✓</span> <span>{}</span>'.format(escape(_("geprüft")))
    return mark_safe(
        f"<li>{escape(offer.organisation.name)}{checked if offer.organisation.verified_at else ''}</li>\n"
        f"<li>{where}</li>\n<li>{when}</li>"
    )


@register.simple_tag(takes_context=True)
def card_foot(context) -> SafeString:
    """Draw the badges of a card, and when somebody last said that the offer still stands."""
    offer: Offer = context["offer"]
    drawn = ""
    if offer.mode in (Mode.ONLINE, Mode.HYBRID):
        drawn += format_html(
            '<span class="rk-badge">{}</span>', _("online") if offer.mode == Mode.ONLINE else _("teils online")
        )
    if Suitable.BEGINNERS in offer.suitable_for:
        drawn += format_html('<span class="rk-badge rk-badge--quiet">{}</span>', _("ohne Vorkenntnisse"))
    if confirmed_at := offer.operating.confirmed_at:
        drawn += format_html("<span>{} {}</span>", _("zuletzt bestätigt"), on_date(confirmed_at))
    return mark_safe(drawn)
