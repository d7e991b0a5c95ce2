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
ASKING = (
    (
        "Petra Sandkuhle",
        "petra.sandkuhle@demo.example",
        "Guten Tag,\n\nich bin seit einem Jahr im Ruhestand und lese gern vor. Dienstags habe ich immer Zeit. "
        "Darf ich einmal zuschauen?\n\nFreundliche Grüße\nPetra Sandkuhle",
        2,
    ),
    (
        "Yusuf Altmoor",
        "yusuf.altmoor@demo.example",
        "Hallo,\n\nich studiere Lehramt und möchte neben dem Studium mit Kindern lesen. Geht das auch am Nachmittag?"
        "\n\nViele Grüße\nYusuf Altmoor",
        5,
    ),
)
CALLING = ("Hildegard Brömmel", "0221 4710 900", "Ich habe keinen Computer. Bitte rufen Sie mich vormittags an.")


def load(folder: Path) -> None:
    """Load organisations, offers and a few enquiries; does nothing when there are offers already."""
    if Offer.objects.exists():
        return
    organisations = load_organisations(folder)
    rows = json.loads((folder / "offers.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        towns = {town.ags: town for town in Municipality.objects.defer("outline")}
        made = [_offer(row, organisations[row["organisation"]], towns, number) for number, row in enumerate(rows)]
        _enquiries(made)


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


def _enquiries(made: list[Offer]) -> None:
    for name, address, message, days in ASKING:
        sent = enquiries.send_enquiry(made[0], name=name, email=address, message=message, key=uuid.uuid4().hex)
        sent = enquiries.confirm_enquiry(sent)
        arrived = timezone.now() - timedelta(days=days, hours=3)
        Enquiry.objects.filter(pk=sent.pk).update(created_at=arrived, confirmed_at=arrived, changed_at=arrived)
    name, phone, message = CALLING
    enquiries.send_enquiry(made[2], name=name, phone=phone, message=message, key=uuid.uuid4().hex)
