"""Template tags of the shared elements (see docs/elements.md).

What a list draws dozens of times (values of facets, markers, headings of cards) is drawn here, not by templates: these
take twenty times as long.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.forms import Widget
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from regiokit.places.maps import Map, MapMarker
from regiokit.search.contract import FacetValue, Hit
from regiokit.search.panel import PanelFacet

register = template.Library()

THOUSAND = 1000

NARROW = 320
"""CSS px of the window for which the parts of a marker are measured."""
HIT, DOT, SMALL_DOT, TYPE, DROP = 14, 11, 8, 12, 4
"""CSS px there: radius of what reacts, of the dot of several entries and of one, the number's size and its base."""


@register.simple_tag
def widget(field: BoundField | BoundWidget, css_class: str = "") -> SafeString:
    """Draw the widget of a bound field with further CSS classes.

    `field` is a bound field, or one option of a group of radio buttons or checkboxes (what iterating over such a
    field yields). `css_class` holds class names divided by blanks; they are added to those the form gave its widget.
    """
    if isinstance(field, BoundWidget):
        return _option(field, css_class)
    attrs = {"class": _joined(field.field.widget.attrs.get("class"), css_class)}
    if field.use_fieldset and not _parts_are_named(field.field.widget):
        attrs["aria-label"] = str(field.label)
    return field.as_widget(attrs=attrs)


@register.simple_tag
def facet_box(facet: PanelFacet, row: str = "", box: str = "", label: str = "") -> SafeString:
    """Draw the fieldset of a facet: its values with their counts, those out of sight in a fold.

    `row`, `box` and `label` are CSS class names of a theme for each value, its checkbox and its label, added to those of
    docs/elements.md.
    """
    hidden = " rk-visually-hidden" if facet.folded else ""
    hint = f'<p class="rk-facet__hint">{escape(facet.hint)}</p>\n' if facet.hint else ""
    more = ""
    if facet.more:
        words = _('%(number)s weitere <span class="rk-visually-hidden">: %(label)s</span>')
        more = (
            f'<details class="rk-facet__more" id="rk-more-{facet.name}"{" open" if facet.more_open else ""}>'
            f"<summary>{words % {'number': len(facet.more), 'label': escape(facet.label)}}</summary>\n"
            f"{_values(facet.name, facet.more, row, box, label)}\n</details>\n"
        )
    return mark_safe(
        f'<fieldset class="rk-facet">\n<legend class="rk-facet__label{hidden}">{escape(facet.label)}</legend>\n'
        f"{hint}{_values(facet.name, facet.values, row, box, label)}\n{more}</fieldset>"
    )


def _values(name: str, values: Iterable[FacetValue], row: str, box: str, label: str) -> str:
    row, name = _joined(row, "rk-facet__value"), escape(name)
    box, label = (f' class="{names}"' if names else "" for names in (box, label))

    def drawn(value: FacetValue) -> str:
        key = escape(value.value)
        return (
            f'<div class="{row}{"" if value.count else " rk-facet__value--none"}">'
            f'<input{box} type="checkbox" id="id_{name}_{key}" name="{name}" value="{key}"'
            f'{" checked" if value.selected else ""}> <label{label} for="id_{name}_{key}">{escape(value.label)} '
            f'<span class="rk-facet__count">({_number(value.count)})</span></label></div>'
        )

    return "\n".join(map(drawn, values))


@register.simple_tag
def map_places(shown: Map) -> SafeString:
    """Draw the towns of a map."""
    return mark_safe(
        "\n".join(
            f'<path class="rk-map__place" d="{place.d}"><title>{escape(place.name)}</title></path>'
            for place in shown.paths
        )
    )


@register.simple_tag
def map_markers(shown: Map) -> SafeString:
    """Draw the markers of a map: links, those of several entries with their number."""
    hit, dot, small, size, drop = (round(shown.width * px / NARROW) for px in (HIT, DOT, SMALL_DOT, TYPE, DROP))
    start = f'<circle class="rk-map__hit" r="{hit}" fill="none" pointer-events="all"/><circle class="rk-map__dot" r="'
    end = '" fill="Canvas" stroke="currentColor"/>'
    number = f'<text class="rk-map__number" text-anchor="middle" y="{drop}" font-size="{size}" fill="currentColor">'

    def drawn(marker: MapMarker) -> str:
        many = f"{dot}{end}{number}{marker.number}</text>" if marker.number > 1 else f"{small}{end}"
        return (
            f'<a class="rk-map__marker" href="{escape(marker.url)}" '
            f'aria-label="{escape(marker.label)}"><g transform="translate({marker.x} {marker.y})">'
            f'<g class="rk-map__pin">{start}{many}</g></g></a>'
        )

    return mark_safe("\n".join(map(drawn, shown.markers)))


@register.simple_tag(takes_context=True)
def cards(context, hits: Iterable[Hit], template: str, entry: str, **more) -> SafeString:
    """Draw the items of a list of cards, each with the template of this name, which a theme may replace.

    It gets what was found under the name `entry`, `title` and `snippet` with marks, `distance` in km, and `more`.
    """
    card = context.template.engine.get_template(template)
    own, drawn = context.new(more), []
    with own.render_context.push_state(card):
        for hit in hits:
            found = {entry: hit.object, "title": hit.title, "snippet": hit.snippet, "distance": hit.distance_km}
            with own.push(**found):
                drawn.append(f"<li>{card.nodelist.render(own)}</li>\n")
    return mark_safe("".join(drawn))


@register.simple_tag(takes_context=True)
def card_heading(context, entry) -> SafeString:
    """Draw the title of a card as a link to the entry.

    Of the card's variables `title` (with marks), `url` and `level` ("h2", "h3") replace what is left to the entry.
    """
    level, url = escape(context.get("level") or "h2"), escape(context.get("url") or entry.get_absolute_url())
    title = conditional_escape(context.get("title") or str(entry))
    return mark_safe(f'<{level} class="rk-card__title"><a href="{url}">{title}</a></{level}>')


@register.simple_tag(takes_context=True)
def card_snippet(context) -> SafeString:
    """Draw the words of an entry around what was found, the variable `snippet` of a card, if there is something."""
    snippet = context.get("snippet") or ""
    drawn = f'<p class="rk-card__snippet">{conditional_escape(snippet)}</p>' if "<mark>" in snippet else ""
    return mark_safe(drawn)


def _number(count: int) -> str:
    """Return a number as templates write it; below the first separator it needs no look into the formats."""
    return str(count) if count < THOUSAND else localize(count)


def _parts_are_named(many: Widget) -> bool:
    """Say whether the inputs of a widget of several parts (date and time, say) have names of their own."""
    return any("aria-label" in part.attrs for part in getattr(many, "widgets", ()))


def _option(option: BoundWidget, css_class: str) -> SafeString:
    attrs = {**option.data["attrs"], "class": _joined(option.data["attrs"].get("class"), css_class)}
    # WAI-ARIA 1.2 knows no aria-invalid on single radio buttons: the group's message and the summary tell.
    attrs.pop("aria-invalid", None)
    return BoundWidget(option.parent_widget, {**option.data, "attrs": attrs}, option.renderer).tag()


def _joined(*classes: str | None) -> str | bool:
    return " ".join(name for name in classes if name) or False
