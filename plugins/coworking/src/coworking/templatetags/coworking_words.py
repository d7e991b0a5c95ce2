"""What templates say about a space."""

from hashlib import blake2b

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from coworking import conf
from coworking.domain import hours, hours_words, lists, prices, trial_days
from coworking.enums import Known, SpaceKind, Wheelchair
from regiokit.places.maps import MapEntry, build_map

register = template.Library()

TILE = 40
TILES = (
    "M{x} {y}h40a40 40 0 0 1-40 40z",
    "M{r} {y}v40a40 40 0 0 1-40-40z",
    "M{r} {b}h-40a40 40 0 0 1 40-40z",
    "M{x} {b}v-40a40 40 0 0 1 40 40z",
    "M{m} {y}a20 20 0 0 1 0 40 20 20 0 0 1 0-40z",
    "M{x} {y}h40v20h-40z",
)
"""Quarters of a circle, a circle, half a square: the tiles of the pictures, in a square of `TILE` units."""

register.filter("open_status", hours_words.status)
register.filter("is_open", hours.is_open)
register.filter("price_words", prices.price_words)
register.filter("price_rows", prices.price_rows)
register.filter("week", hours_words.week)
register.filter("contact_of", lists.contact_of)
register.filter("takes_trial_days", trial_days.takes_trial_days)


@register.filter
def is_stale(space) -> bool:
    """Say whether nobody has confirmed the details for half a year."""
    return not space.confirmed_at or timezone.now() - space.confirmed_at > conf.STALE_AFTER


@register.filter
def access_rows(space) -> list[tuple[str, str, bool]]:
    """Return (what, answer, known) for each question of accessibility."""
    given = space.accessibility
    questions = (
        ("wheelchair", _("Mit dem Rollstuhl zugänglich"), Wheelchair),
        ("toilet", _("Barrierefreie Toilette"), Known),
        ("parking", _("Parkplatz für Menschen mit Behinderung"), Known),
        ("induction_loop", _("Höranlage (Induktionsschleife)"), Known),
    )
    rows = []
    for name, label, choices in questions:
        value = given.get(name)
        known = value in choices.values and value != "unknown"
        rows.append((label, str(choices(value).label) if known else _("nicht bekannt, fragen Sie nach"), known))
    width = given.get("door_width_cm")
    rows.append((_("Schmalste Tür"), f"{width} cm" if width else _("nicht bekannt, fragen Sie nach"), bool(width)))
    return rows


@register.filter
def dial(number: str) -> str:
    """Return the address of a telephone number (RFC 3966)."""
    return "tel:" + "".join(sign for sign in number if sign in "+0123456789")


@register.filter
def for_readers(label: str, name: str) -> SafeString:
    """Return the label of a button, followed by what it is about for those who only hear it."""
    return format_html('{}<span class="rk-visually-hidden">: {}</span>', label, name)


@register.filter
def amenities(space, limit: int = 0) -> list[str]:
    """Return the labels of what there is, at most `limit` of them (0: all)."""
    labels = space.amenity_labels
    return labels[:limit] if limit else labels


@register.simple_tag
def space_map(space):
    """Return the map of the county with one marker, which leads to the streets on OpenStreetMap."""
    lat, lon = space.point
    label = _("%(name)s auf OpenStreetMap ansehen") % {"name": space.name}
    url = f"https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map=17/{lat:.5f}/{lon:.5f}"
    return build_map(
        [MapEntry(lat, lon, label, url)],
        towns=lists.towns(),
        caption=_("Lage im Kreis: %(place)s") % {"place": space.municipality.name},
        group_label=lambda entries: label,
        group_url=lambda entries: "",
    )


@register.simple_tag
def openstreetmap_url(space) -> str:
    """Return the address of OpenStreetMap's page for the way to the space; nothing is loaded from there."""
    lat, lon = space.point
    return f"https://www.openstreetmap.org/directions?to={lat:.5f}%2C{lon:.5f}"


@register.simple_tag
def space_picture(space, css_class: str = "rk-card__picture", view_box: str = "0 0 160 80") -> SafeString:
    """Draw a pattern of eight tiles, always the same for the same space; themes may colour rk-pattern--1 to --6."""
    kind = SpaceKind.values.index(space.kind) if space.kind in SpaceKind.values else 0
    seed = blake2b(f"coworking.{space.pk}".encode(), digest_size=8).digest()
    layers = {2: "", 4: "", 6: ""}
    for position, number in enumerate(seed):
        x, y = position % 4 * TILE, position // 4 * TILE
        layers[(2, 4, 6)[number // 8 % 3]] += TILES[number % len(TILES)].format(x=x, y=y, r=x + 40, b=y + 40, m=x + 20)
    paths = "".join(f'<path d="{path}" opacity=".{layer}"/>' for layer, path in layers.items() if path)
    # Only numbers worked out above and two constants of the template go in.
    return mark_safe(
        f'<svg class="{css_class} rk-pattern rk-pattern--{kind + 1}" viewBox="{view_box}" '
        f'preserveAspectRatio="xMidYMid slice" fill="currentColor" aria-hidden="true" focusable="false">{paths}</svg>'
    )
