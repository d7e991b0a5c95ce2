"""What pages show around an offer."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from django.db.models import F
from django.utils import timezone

from ehrenamt import conf
from ehrenamt.enums import EnquiryState
from ehrenamt.models import Enquiry, Offer
from regiokit.listings.stages import with_stages
from regiokit.organisations.models import Organisation
from regiokit.pictures.models import load_pictures
from regiokit.places.domain import Point, within

CANDIDATES = 40


def similar_offers(offer: Offer, *, limit: int = conf.SIMILAR_LIMIT) -> list[Offer]:
    """Return public offers like this one: those that share a cause first, then the nearest (within 15 km), in one query.

    Offers without a place are compared with others without a place.
    """
    found = Offer.objects.published().with_card().exclude(pk=offer.pk)
    if offer.lat is not None and offer.lon is not None:
        found = within(found, Point(offer.lat, offer.lon), conf.SIMILAR_KM).order_by("distance_km", "pk")
    else:
        found = found.filter(lat=None).order_by("-first_published_at", "pk")
    causes = {*offer.causes}
    alike = sorted(found[:CANDIDATES], key=lambda other: -len(causes & {*other.causes}))
    return load_pictures(alike[:limit])


def answer_time(organisation_id: int) -> timedelta | None:
    """Return the median time until an association answered, or None before there are enough answers (three)."""
    rows = Enquiry.objects.filter(
        organisation_id=organisation_id,
        state__in=[EnquiryState.ANSWERED, EnquiryState.DECLINED],
        answered_at__isnull=False,
        confirmed_at__isnull=False,
    ).values_list("confirmed_at", "answered_at")
    spans = [answered - arrived for arrived, answered in rows]
    return median(spans) if len(spans) >= conf.ANSWERS_FOR_MEDIAN else None


def fresh_offers(*, town: str = "", limit: int = 3) -> list[Offer]:
    """Return the newest public offers, in the town with the key (AGS) `town` if named."""
    found = Offer.objects.published().with_card()
    if town:
        found = found.filter(municipality_id=town)
    return load_pictures(found.order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:limit])


def offers_of(organisations: Sequence[Organisation]) -> list[Offer]:
    """Return all offers of these organisations, newest first, with what their stage needs, in two queries."""
    offers = list(Offer.objects.filter(organisation__in=organisations).with_card())
    with_stages(offers)
    return offers


def needs_confirming(offer: Offer) -> bool:
    """Say whether a public offer was confirmed so long ago that the association should say whether it is still right."""
    confirmed = offer.operating.confirmed_at or offer.last_published_at
    return bool(offer.is_public and confirmed and timezone.now() - confirmed > conf.confirm_after())


def waiting_enquiries(organisations: Sequence[Organisation]) -> list[Enquiry]:
    """Return the enquiries that these organisations should answer, oldest first."""
    found = Enquiry.objects.filter(organisation__in=organisations, state=EnquiryState.WAITING)
    return list(found.select_related("organisation").order_by("confirmed_at", "pk"))


def published_count() -> int:
    """Return how many offers are public."""
    return Offer.objects.published().count()


def organisation_count() -> int:
    """Return how many organisations have a public offer."""
    return Offer.objects.published().values("organisation").distinct().count()
