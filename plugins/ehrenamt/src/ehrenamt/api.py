"""Open data: offers as JSON, with the parameters of the page."""

from datetime import datetime
from typing import Literal

from django.http import Http404
from ninja import Field, Query, Router, Schema

from ehrenamt.enums import Cause, Known, Mode, Suitable, Time, When
from ehrenamt.models import Offer
from ehrenamt.search import source
from regiokit import conf
from regiokit.search import Hit
from regiokit.search import domain as search
from regiokit.search.faces import as_json
from regiokit.search.filters import query_from

router = Router()


class OfferParameters(Schema):
    """Only describes the parameters; page and interface check them in one place."""

    q: str | None = Field(None, description="Suchwort")
    town: str | None = Field(None, description="Nur in diesem Ort: Name oder Gemeindeschlüssel (AGS)")
    near: str | None = Field(None, description="Ortsname, Postleitzahl oder „Breite,Länge“")
    radius: str | None = Field(None, description="Umkreis in km, 1 bis 200")
    beyond: str | None = Field(
        None, description="Ohne festen Ort: area (im ganzen Kreis), all (auch online) oder none; sonst area"
    )
    sort: str | None = Field(None, description="relevance, newest oder distance")
    page: str | None = Field(None, description="Seite, ab 1")
    per_page: str | None = Field(None, description="Einträge je Seite, 1 bis 100")
    cause: list[str] | None = Field(None, description=f"Bereich, mehrfach: {', '.join(Cause.values)}")
    time: list[str] | None = Field(None, description=f"Zeitbedarf, mehrfach: {', '.join(Time.values)}")
    when: list[str] | None = Field(None, description=f"Wann, mehrfach: {', '.join(When.values)}")
    mode: list[str] | None = Field(None, description=f"Einsatzort, mehrfach: {', '.join(Mode.values)}")
    suitable: list[str] | None = Field(
        None, description=f"Besonders geeignet, mehrfach: {', '.join(Suitable.values)}, unknown"
    )
    step_free: list[str] | None = Field(None, description=f"Stufenlos, mehrfach: {', '.join(Known.values)}")
    expenses: list[str] | None = Field(None, description=f"Auslagen erstattet, mehrfach: {', '.join(Known.values)}")


class Highlights(Schema):
    """Safe HTML with `<mark>` around what was found; empty without words."""

    title: str
    snippet: str


class OfferRow(Schema):
    """One offer in a list. `lat`, `lon` in degrees (WGS 84); `confirmed_at` in UTC."""

    id: int
    title: str
    url: str
    summary: str
    organisation: str
    town: str | None
    lat: float | None
    lon: float | None
    distance_km: float | None
    causes: list[str]
    mode: str
    confirmed_at: datetime | None


class FoundOffer(OfferRow):
    """One offer of a result, with what was found in it."""

    highlights: Highlights


class FacetRow(Schema):
    """One value of a facet; `count` does not depend on the facet's own selection."""

    value: str
    label: str
    count: int
    selected: bool


class OfferList(Schema):
    """A page of offers.

    `corrections`: typed words that nobody uses, and what was looked for instead. `partial`: only `complete` entries have
    all the words, the others some. `wordless`: words cannot be looked for at the moment. `degraded`: another engine than
    usual answered.
    """

    count: int
    page: int
    pages: int
    results: list[FoundOffer]
    facets: dict[Literal["cause", "time", "when", "mode", "suitable", "step_free", "expenses"], list[FacetRow]]
    corrections: dict[str, str]
    partial: bool
    complete: int
    wordless: bool
    degraded: bool
    engine: str
    took_ms: float


class OfferDetail(OfferRow):
    """One offer in full."""

    description: str
    needs: str
    gives: str
    time: str
    schedule: str
    starts_on: str | None
    ends_on: str | None
    min_age: int | None
    people_needed: int | None
    suitable_for: list[str]
    accessibility: dict[str, str]


@router.get("/offers", response=OfferList, summary="Angebote suchen")
def list_offers(request, parameters: Query[OfferParameters]):
    """Return the offers of one page of a search, with facet counts."""
    query = query_from(source, request.GET, strict=True)
    return as_json(search.search(source, query), row)


@router.get("/offers/{id}", response=OfferDetail, summary="Ein Angebot")
def get_offer(request, id: int):
    """Return one public offer."""
    # SQLite refuses integers beyond 64 bits with an error of its own.
    offer = Offer.objects.published().with_card().filter(pk=id).first() if 0 < id < 2**63 else None
    if offer is None:
        raise Http404
    return row(Hit(offer.pk, offer, None)) | {
        "description": offer.description,
        "needs": offer.needs,
        "gives": offer.gives,
        "time": offer.time,
        "schedule": offer.schedule,
        "starts_on": offer.starts_on.isoformat() if offer.starts_on else None,
        "ends_on": offer.ends_on.isoformat() if offer.ends_on else None,
        "min_age": offer.min_age,
        "people_needed": offer.people_needed,
        "suitable_for": offer.suitable_for,
        "accessibility": offer.accessibility,
    }


def row(hit: Hit) -> dict:
    """Return the JSON row of one found offer."""
    offer = hit.object
    return {
        "id": offer.pk,
        "title": offer.title,
        "url": conf.absolute(offer.get_absolute_url()),
        "summary": offer.teaser,
        "organisation": offer.organisation.name,
        "town": offer.municipality.name if offer.municipality_id else None,
        "lat": offer.lat,
        "lon": offer.lon,
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 1),
        "causes": offer.causes,
        "mode": offer.mode,
        "confirmed_at": offer.operating.confirmed_at,
    }
