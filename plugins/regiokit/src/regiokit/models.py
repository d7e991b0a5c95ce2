"""All tables of the library; each room keeps its own models."""

from regiokit.listings.models import ListingApproval
from regiokit.mail.models import OutboxMail
from regiokit.organisations.models import Membership, Organisation
from regiokit.places.models import Municipality, PostalCode
from regiokit.search.models import SearchEntry, SearchEntryValue
from regiokit.worker.models import WorkerBeat

__all__ = [
    "ListingApproval",
    "Membership",
    "Municipality",
    "Organisation",
    "OutboxMail",
    "PostalCode",
    "SearchEntry",
    "SearchEntryValue",
    "WorkerBeat",
]
