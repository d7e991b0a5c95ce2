"""Example offers and enquiries from a folder of demo content."""

import json
import uuid
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from ehrenamt.domain import enquiries, offers
from ehrenamt.models import Enquiry, Offer, OfferState
from regiokit.listings import domain as listings
from regiokit.organisations.demo import load_organisations
from regiokit.places.models import Municipality

COPIED = (
    *(
        "title",
        "description",
        "summary",
        "needs",
        "gives",
        "causes",
        "time",
        "schedule",
        "mode",
        "place_name",
        "street",
    ),
    *("lat", "lon", "min_age", "people_needed", "certificate", "expenses", "insurance"),
    *("accessibility_note", "suitable_for"),
)
RETURN_REASON = (
    "Bitte schreiben Sie noch dazu, an welchen Tagen Sie jemanden brauchen und wie lange ein Einsatz etwa dauert. "
    "Dann geben wir das Angebot gern frei."
)


def load(folder: Path) -> None:
    """Load organisations, offers (`offers.json`) and a few enquiries (`enquiries.json`); does nothing when there are offers already."""
    if Offer.objects.exists():
        return
    organisations = load_organisations(folder)
    rows = json.loads((folder / "offers.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        towns = {town.ags: town for town in Municipality.objects.defer("outline")}
        made = {
            row["key"]: _offer(row, organisations[row["organisation"]], towns, number)
            for number, row in enumerate(rows)
        }
        for row in json.loads((folder / "enquiries.json").read_text(encoding="utf-8")):
            _enquiry(row, made[row["offer"]])


def _offer(row: dict, organisation, towns: dict, number: int) -> Offer:
    offer = Offer(organisation=organisation, live=False, **{name: row[name] for name in COPIED}, **row["accessibility"])
    offer.municipality = towns.get(row["municipality"])
    today, now = timezone.localdate(), timezone.now()
    offer.starts_on = _in_days(today, row["starts_in_days"])
    offer.ends_on = _in_days(today, row["ends_in_days"])
    offer.created_at = now - timedelta(days=row["confirmed_days_ago"], minutes=number)
    status = row["status"]
    if status in ("live", "paused"):
        # Published before: the newest offers of the list differ from each other.
        offer.first_published_at = offer.created_at
    offers.save_offer_draft(offer, by=None)
    state = OfferState.objects.filter(listing_id=offer.pk)
    state.update(confirmed_at=now - timedelta(days=row["confirmed_days_ago"]))
    if status == "paused":
        state.update(paused_at=now)
    if status in ("live", "paused"):
        offer.latest_revision.publish(log_action=False)
    elif status in ("submitted", "returned"):
        listings.submit(offer, by=None)
        state.update(submitted_at=now)
        if status == "returned":
            state.update(submitted_at=None)
            offer.current_workflow_task_state.reject(comment=RETURN_REASON)
    return offer


def _in_days(today, days: int | None):
    return None if days is None else today + timedelta(days=days)


def _enquiry(row: dict, offer: Offer) -> None:
    """Send an enquiry: by e-mail, confirmed days ago, or by telephone, where nobody has called yet."""
    way = {name: row[name] for name in ("name", "email", "phone", "message") if name in row}
    sent = enquiries.send_enquiry(offer, **way, key=uuid.uuid4().hex)
    if "email" in row:
        sent = enquiries.confirm_enquiry(sent)
        arrived = timezone.now() - timedelta(days=row["days_ago"], hours=3)
        Enquiry.objects.filter(pk=sent.pk).update(created_at=arrived, confirmed_at=arrived, changed_at=arrived)
