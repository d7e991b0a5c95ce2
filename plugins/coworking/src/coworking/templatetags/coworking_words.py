"""What templates say about a space."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from coworking import conf
from coworking.domain import hours, hours_words, lists, prices, trial_days
from coworking.enums import Known, SpaceKind, Wheelchair
from regiokit.places.maps import build_map

register = template.Library()

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
    from django.utils import timezone

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
def amenities(space, limit: int = 0) -> list[str]:
    """Return the labels of what there is, at most `limit` of them (0: all)."""
    labels = space.amenity_labels
    return labels[:limit] if limit else labels


@register.simple_tag
def space_map(space):
    """Return the map of the county with one marker, which leads to the streets on OpenStreetMap."""
    lat, lon = space.point
    label = _("%(name)s auf OpenStreetMap ansehen") % {"name": space.name}
    return build_map(
        [(lat, lon, label, f"https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map=17/{lat:.5f}/{lon:.5f}")],
        municipalities=lists.municipalities(),
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
def space_picture(space, css_class: str = "rk-card__picture", view_box: str = "0 0 160 70") -> SafeString:
    """Draw a quiet pattern, always the same for the same space; a theme may colour rk-pattern--1 to --6 (the kinds)."""
    seed = (space.pk or len(space.name)) * 2654435761 % 2**32
    kind = SpaceKind.values.index(space.kind) if space.kind in SpaceKind.values else 0
    parts = []
    for column in range(6):
        seed = (seed * 1103515245 + 12345) % 2**31
        height = 14 + (seed >> 16) % 40
        x, y = 4 + column * 26, 70 - height
        shape = (
            f'<rect x="{x}" y="{y}" width="22" height="{height}"',
            f'<rect x="{x}" y="{y}" width="22" height="{height}" rx="11"',
            f'<path d="M{x} 70v-{height}l11-9 11 9v{height}z"',
            f'<circle cx="{x + 11}" cy="{70 - height // 2}" r="{height // 3 + 2}"',
        )[kind % 4]
        parts.append(f'{shape} opacity=".{2 + (seed >> 8) % 6}"/>')
    # Only numbers worked out above and two constants of the template go in.
    return mark_safe(
        f'<svg class="{css_class} rk-pattern rk-pattern--{kind + 1}" viewBox="{view_box}" preserveAspectRatio="xMidYMax slice" '
        f'fill="currentColor" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )
