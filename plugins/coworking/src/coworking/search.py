"""What of the spaces can be searched."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coworking.domain.lists import open_now
from coworking.domain.prices import day_price
from coworking.enums import Amenity, Known, PriceBand, SpaceKind, Wheelchair
from coworking.models import Space
from regiokit.labels import labels_of
from regiokit.paths import entry_path
from regiokit.pictures.models import load_pictures
from regiokit.places.domain import postal_codes
from regiokit.search import Facet, SearchDocument, SearchSource
from regiokit.search.parts import by_key

MOST_CENTS = {1000: PriceBand.TEN, 2000: PriceBand.TWENTY}
"""The highest price of a day, in cents with VAT, of each band."""


def documents(object_ids):
    """Yield the search documents of these published spaces, of all for None."""
    found = Space.objects.published().for_display()
    if object_ids is not None:
        found = found.filter(pk__in=object_ids)
    codes = postal_codes()
    for space in by_key(found):
        lat, lon = space.point
        yield SearchDocument(
            object_id=space.pk,
            title=space.name,
            slug=space.slug,
            organisation=space.organisation.name,
            text=_text(space, codes.get(space.municipality_id, ())),
            ags=space.municipality_id,
            lat=lat,
            lon=lon,
            facets=_facets(space),
            published_at=space.first_published_at,
            confirmed_at=space.confirmed_at,
            suggestions=(("kind", space.get_kind_display()), ("town", space.municipality.name)),
        )


def _facets(space: Space) -> dict[str, tuple[str, ...]]:
    wheelchair, price = space.accessibility.get("wheelchair"), day_price(space)
    return {
        "amenity": tuple(value for value in Amenity.values if value in space.amenities),
        "kind": (space.kind,),
        "price": (_band(price.cents),) if price else (),
        "wheelchair": (wheelchair,) if wheelchair in Wheelchair.values and wheelchair != Wheelchair.UNKNOWN else (),
    }


def _band(cents: int) -> str:
    return next((band for most, band in MOST_CENTS.items() if cents <= most), PriceBand.MORE)


def _text(space: Space, codes: Iterable[str]) -> str:
    labels = [_("Coworking, Arbeitsplatz"), space.get_kind_display(), space.get_noise_display(), *_access(space)]
    return "\n".join([*_told(space), space.address, *map(str, labels), *space.amenity_labels, *codes])


def _told(space: Space) -> list[str]:
    """Return what the operator wrote."""
    told = (space.summary, space.description, space.stop_name, space.access_note, space.accessibility_note)
    return [part for part in (*told, space.house_rules) if part]


def _access(space: Space) -> list[str]:
    """Return the words under which somebody looks for what is accessible; nothing is said of what is not."""
    access = space.accessibility
    words = [_("mit dem Rollstuhl zugänglich, rollstuhlgerecht")] if access.get("wheelchair") == Wheelchair.YES else []
    return [*words, _("Barrierefreie Toilette")] if access.get("toilet") == Known.YES else words


def _shown_text(space: Space) -> str:
    """Return the words of a space's page in which what was found is shown."""
    return " ".join(_told(space))


def load(object_ids):
    """Return {id: space} with what a card needs, in one query."""
    found = Space.objects.published().for_display().in_bulk(object_ids)
    load_pictures(found.values())
    return found


def _url(pk: int, slug: str) -> str:
    return entry_path("coworking:space", pk, slug)


source = SearchSource(
    key="coworking.space",
    label=_("Arbeitsorte"),
    documents=documents,
    load=load,
    url=_url,
    list_url="coworking:spaces",
    news=lambda number: (
        ngettext("%(number)s neuer Arbeitsort", "%(number)s neue Arbeitsorte", number) % {"number": number}
    ),
    facets=(
        Facet(
            name="open_now",
            label=_("Geöffnet"),
            labels=lambda: {"true": _("Jetzt geöffnet")},
            live=lambda: {"true": open_now()},
        ),
        Facet(
            name="price",
            label=_("Preis am Tag"),
            labels=lambda: labels_of(PriceBand),
            unknown=True,
        ),
        Facet(name="amenity", label=_("Ausstattung"), labels=lambda: labels_of(Amenity)),
        Facet(name="kind", label=_("Art"), labels=lambda: labels_of(SpaceKind)),
        Facet(
            name="wheelchair",
            label=_("Mit dem Rollstuhl"),
            labels=lambda: {value: labels_of(Wheelchair)[value] for value in ("yes", "limited", "no", "unknown")},
            unknown=True,
        ),
    ),
    text=_shown_text,
)
