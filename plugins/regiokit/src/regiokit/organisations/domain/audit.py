"""The lines that every act on an organisation leaves in Wagtail's history: who, when, what."""

from django.db.models import Model
from wagtail.log_actions import log

from regiokit.organisations.models import Organisation

FOUNDED = "regiokit.found_organisation"
INVITED = "regiokit.invite"
WITHDRAWN = "regiokit.withdraw_invitation"
JOINED = "regiokit.join"
ROLE = "regiokit.change_role"
REMOVED = "regiokit.remove_member"
LEFT = "regiokit.leave"
CLAIMED = "regiokit.claim"
CLAIM_REFUSED = "regiokit.refuse_claim"
UNREACHABLE = "regiokit.unreachable"
WITHOUT_OWNER = "regiokit.without_owner"
CHANGED = "regiokit.change_organisation"
VERIFIED = "regiokit.verify_organisation"
UNVERIFIED = "regiokit.unverify_organisation"
LAPSED = "regiokit.verification_lapsed"
MERGED = "regiokit.merge_organisations"


def note(organisation: Organisation, action: str, *, by: Model | None, **data) -> None:
    """Write a line. `by` is a user, or None for the system; `data` holds keys and choices, never addresses."""
    log(instance=organisation, action=action, user=by, data=data)
