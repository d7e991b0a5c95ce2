"""What the search knows of offers."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ehrenamt.enums import Cause, Known, Mode, Suitable, Time, When
from ehrenamt.models import Offer
from regiokit.labels import labels_of
from regiokit.paths import entry_path
from regiokit.pictures.models import load_pictures
from regiokit.places.domain import postal_codes
from regiokit.search import UNKNOWN, Facet, Reach, SearchDocument, SearchSource
from regiokit.search.parts import by_key

REACH = {Mode.AREA: Reach.AREA, Mode.ONLINE: Reach.ANYWHERE}
REGULAR = (Time.MONTHLY, Time.WEEKLY, Time.MORE)
LASTING = (*REGULAR, Time.FLEXIBLE)
SUNDAY = 6


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
            reach=REACH.get(Mode(offer.mode), Reach.PLACE),
            facets=_facets(offer),
            period=(offer.starts_on, offer.ends_on) if offer.starts_on or offer.ends_on else None,
            visible_until=offer.ends_on,
            published_at=offer.first_published_at,
            confirmed_at=offer.operating.confirmed_at,
            suggestions=_suggestions(offer),
        )


def _facets(offer: Offer) -> dict[str, tuple[str, ...]]:
    return {
        "cause": tuple(offer.causes),
        "time": (offer.time,) if offer.time else (),
        "mode": (offer.mode,),
        "when": tuple(_when(offer)),
        "suitable": tuple(offer.suitable_for),
        "step_free": _known(offer.step_free),
        "expenses": _known(offer.expenses),
    }


def _known(value: str) -> tuple[str, ...]:
    return () if value == Known.UNKNOWN else (value,)


def _when(offer: Offer) -> Iterator[str]:
    """Yield what stays true from day to day; the days themselves are `days`."""
    if offer.time in REGULAR:
        yield When.REGULAR
    if offer.ends_on:
        yield When.ENDING
    elif offer.starts_on or offer.time in LASTING:
        yield When.OPEN


def _suggestions(offer: Offer) -> tuple[tuple[str, str], ...]:
    named = [("cause", label) for label in offer.cause_labels]
    return (*named, ("town", offer.municipality.name)) if offer.municipality_id else tuple(named)


def days() -> dict[str, tuple[date, date]]:
    """Return the first and last day of each value of the facet "when" that moves on every day."""
    today = timezone.localdate()
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    return {When.SUNDAY: (today, sunday), When.WEEKEND: (max(today, sunday - timedelta(days=1)), sunday)}


def _text(offer: Offer, codes: Iterable[str]) -> str:
    labels = [offer.get_time_display(), offer.get_mode_display(), *offer.cause_labels, *offer.suitable_labels]
    if offer.step_free == Known.YES:
        labels.append(_("stufenlos"))
    return " ".join([*_told(offer), offer.street, offer.town_name, *map(str, labels), *codes])


def _told(offer: Offer) -> list[str]:
    """Return what the association wrote."""
    task = (offer.summary, offer.description, offer.needs, offer.gives, offer.schedule)
    return [part for part in (*task, offer.place_name, offer.accessibility_note) if part]


def _shown_text(offer: Offer) -> str:
    """Return the words of an offer's page in which what was found is shown."""
    return " ".join(_told(offer))


def load(ids: list[int]) -> dict[int, Offer]:
    """Return the offers of a page of results with everything a card shows, in one query; the search has put them in order."""
    found = Offer.objects.published().with_card().filter(pk__in=ids).order_by()
    return {offer.pk: offer for offer in load_pictures(found)}


def url(object_id: int, slug: str) -> str:
    """Return the address of an offer."""
    return entry_path("ehrenamt:offer", object_id, slug)


source = SearchSource(
    key="ehrenamt.offer",
    label=_("Angebote"),
    documents=documents,
    load=load,
    url=url,
    list_url="ehrenamt:offers",
    news=lambda number: ngettext("%(number)s neues Angebot", "%(number)s neue Angebote", number) % {"number": number},
    facets=(
        Facet(name="cause", label=_("Bereich"), labels=lambda: labels_of(Cause)),
        Facet(name="time", label=_("Wie oft?"), labels=lambda: labels_of(Time)),
        Facet(
            name="when",
            label=_("Wann?"),
            labels=lambda: labels_of(When),
            ranges=days,
            unknown=True,
            hint=_("Angebote ohne feste Tage sind immer dabei."),
        ),
        Facet(name="mode", label=_("Wo?"), labels=lambda: labels_of(Mode)),
        Facet(
            name="suitable",
            label=_("Besonders geeignet"),
            labels=lambda: {**labels_of(Suitable), UNKNOWN: labels_of(Known)[Known.UNKNOWN]},
            unknown=True,
        ),
        Facet(name="step_free", label=_("Stufenlos erreichbar"), labels=lambda: labels_of(Known), unknown=True),
        Facet(name="expenses", label=_("Auslagen werden erstattet"), labels=lambda: labels_of(Known), unknown=True),
    ),
    text=_shown_text,
)
