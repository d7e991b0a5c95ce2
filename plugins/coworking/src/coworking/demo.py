"""Loads the examples of a region: spaces in every stage, and trial days that wait."""

import json
import uuid
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from coworking.domain import publishing, trial_days
from coworking.models import Space, SpaceState
from regiokit.listings import domain as listings
from regiokit.organisations.demo import load_organisations
from regiokit.pictures.domain import store_picture

PLAIN = (
    "name", "kind", "summary", "description", "street", "postal_code", "lat", "lon", "opening_hours", "access_note",
    "capacity_desks", "capacity_rooms", "internet_down", "internet_up", "amenities", "noise", "confidential", "prices",
    "trial_day", "accessibility", "accessibility_note", "stop_name", "stop_walk_minutes", "departures_per_hour",
    "house_rules", "phone", "email", "website",
)  # fmt: skip


@transaction.atomic
def load(folder: Path) -> None:
    """Load `spaces.json`, the organisations it names and `trial_days.json`; nothing when there are spaces already."""
    if Space.objects.exists():
        return
    organisations = load_organisations(folder)
    rows = json.loads((folder / "spaces.json").read_text(encoding="utf-8"))
    spaces = [_space(row, organisations[row["organisation"]], folder / "images") for row in rows]
    waiting = json.loads((folder / "trial_days.json").read_text(encoding="utf-8"))
    asked = [space for space in spaces if space.live and space.trial_day]
    for space, row in zip(asked, waiting, strict=False):
        days = trial_days.possible_days(space)
        trial_day = trial_days.ask_trial_day(space, key=uuid.uuid4(), day=days[4], alternative_day=days[6], **row)
        trial_days.confirm_trial_day(trial_day)


def _picture(row: dict, organisation, images: Path) -> dict:
    file = SimpleUploadedFile(row["file"], (images / row["file"]).read_bytes())
    return {"picture": store_picture(organisation, upload=file).pk, "alt": row["alt"], "credit": row["credit"]}


def _space(row: dict, organisation, images: Path) -> Space:
    space = Space(organisation=organisation, municipality_id=row["municipality"], **{name: row[name] for name in PLAIN})
    space.pictures = [_picture(picture, organisation, images) for picture in row.get("pictures", [])]
    publishing.save_space(space, by=None)
    state = SpaceState.objects.filter(listing=space)
    if row["status"] == "submitted":
        # Not by the plugin's own verb: it would mail every operator that the entry arrived.
        listings.submit(space, by=None)
        state.update(submitted_at=timezone.now())
        return space
    confirmed_at = timezone.now() - timedelta(days=row["checked_days_ago"])
    # A known date of confirmation also keeps the demo from mailing every operator that the entry is public now.
    state.update(confirmed_at=confirmed_at)
    if row["status"] == "live":
        space.latest_revision.publish(skip_permission_checks=True)
    return Space.objects.select_related("state", "organisation", "municipality").get(pk=space.pk)
