"""Example organisations from a folder of demo content."""

import json
from datetime import timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from regiokit.organisations.models import Membership, Organisation, VerificationDecision

PLAIN = ("name", "kind", "legal_form", "description", "contact_name", "phone", "phone_hours", "email", "website")


@transaction.atomic
def load_organisations(folder: Path) -> dict[str, Organisation]:
    """Write the organisations of `organisations.json` and their members; returns them by their key in the file.

    Organisations are recognised by name and people by e-mail address, so a second call changes nothing.
    """
    rows = json.loads((folder / "organisations.json").read_text(encoding="utf-8"))
    known = {organisation.name: organisation for organisation in Organisation.objects.all()}
    found = {}
    for row in rows:
        organisation = known.get(row["name"]) or _create(row)
        found[row["key"]] = organisation
        for address in row["members"]:
            _ensure_member(organisation, address)
    return found


def _create(row: dict) -> Organisation:
    verified = row["verified_days_ago"]
    made = Organisation.objects.create(
        **{name: row[name] for name in PLAIN},
        municipality_id=row["municipality"],
        verified_at=None if verified is None else timezone.now() - timedelta(days=verified),
        **{f"release_{name}": name in row["released"] for name in Organisation.CONTACT_FIELDS},
    )
    if made.verified_at:
        ground = VerificationDecision.Ground.CALL
        made.verifications.create(decision=VerificationDecision.Decision.VERIFIED, ground=ground, at=made.verified_at)
    return made


def _ensure_member(organisation: Organisation, address: str) -> None:
    model = get_user_model()
    person = model.objects.filter(email=address).first()
    if person is None:
        # A host's user may have a user name as well; the address serves as one.
        names = {model.USERNAME_FIELD: address, "email": address}
        person = model(**names)
        person.set_unusable_password()
        person.save()
    Membership.objects.get_or_create(organisation=organisation, user=person)
