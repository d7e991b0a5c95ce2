"""What the search knows of offers."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ehrenamt.enums import Cause, Mode, Time
from ehrenamt.models import Offer
from regiokit.pictures.models import load_pictures
from regiokit.places.domain import postal_codes
from regiokit.search import Facet, SearchDocument, SearchSource
from regiokit.search.parts import by_key


def documents(ids: Iterable[int] | None) -> Iterator[SearchDocument]:
    """Yield the documents of the public offers among `ids`, or of all."""
    found = Offer.objects.published().with_card()
    if ids is not None:
        found = found.filter(pk__in=list(ids))
    codes = postal_codes()
    for offer in by_key(found):
        yield SearchDocument(
            object_id=offer.pk,
            title=offer.title,
            slug=offer.slug,
            organisation=offer.organisation.name,
            text=_text(offer, codes.get(offer.municipality_id, ())),
            ags=offer.municipality_id or "",
            lat=offer.lat,
            lon=offer.lon,
            facets={"cause": tuple(offer.causes), "time": (offer.time,), "mode": (offer.mode,)},
            published_at=offer.first_published_at,
            confirmed_at=offer.operating.confirmed_at,
        )


def _text(offer: Offer, codes: Iterable[str]) -> str:
    parts = [offer.summary, offer.description, offer.needs, offer.gives, offer.schedule, offer.place_name, offer.street]
    labels = [offer.get_time_display(), offer.get_mode_display(), *offer.cause_labels, *offer.suitable_labels]
    return " ".join([*parts, offer.town_name, *labels, *codes])


def load(ids: list[int]) -> dict[int, Offer]:
    """Return the offers of a page of results with everything a card shows, in one query."""
    return {offer.pk: offer for offer in load_pictures(Offer.objects.published().with_card().filter(pk__in=ids))}


def url(object_id: int, slug: str) -> str:
    """Return the address of an offer."""
    return reverse("ehrenamt:offer", args=[object_id, slug])


source = SearchSource(
    key="ehrenamt.offer",
    label=_("Angebote"),
    documents=documents,
    load=load,
    url=url,
    list_url="ehrenamt:offers",
    news=lambda number: ngettext("%(number)s neues Angebot", "%(number)s neue Angebote", number) % {"number": number},
    facets=(
        Facet(name="cause", label=_("Bereich"), labels=lambda: dict(Cause.choices)),
        Facet(name="time", label=_("Wie oft?"), labels=lambda: dict(Time.choices)),
        Facet(name="mode", label=_("Wo?"), labels=lambda: dict(Mode.choices)),
    ),
)
