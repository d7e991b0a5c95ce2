"""All tables of the library; each room keeps its own models."""

from regiokit.listings.models import ListingApproval
from regiokit.mail.models import OutboxMail
from regiokit.organisations.models import (
    Invitation,
    Membership,
    MergedOrganisation,
    Organisation,
    VerificationDecision,
)
from regiokit.pictures.models import OwnedPicture
from regiokit.places.models import Municipality, PostalCode
from regiokit.search.alerts.models import (
    AlertPosition,
    SavedSearch,
    SavedSearchAnchor,
    SavedSearchMatch,
    SeenEntry,
)
from regiokit.search.models import (
    SearchChange,
    SearchCombination,
    SearchEntry,
    SearchIndex,
    SearchMiss,
    SearchSuggestion,
    SearchSynonym,
    SearchWord,
)
from regiokit.worker.models import WorkerBeat

__all__ = [
    "AlertPosition",
    "Invitation",
    "ListingApproval",
    "Membership",
    "MergedOrganisation",
    "Municipality",
    "Organisation",
    "OutboxMail",
    "OwnedPicture",
    "PostalCode",
    "SavedSearch",
    "SavedSearchAnchor",
    "SavedSearchMatch",
    "SearchChange",
    "SearchCombination",
    "SearchEntry",
    "SearchIndex",
    "SearchMiss",
    "SearchSuggestion",
    "SearchSynonym",
    "SearchWord",
    "SeenEntry",
    "VerificationDecision",
    "WorkerBeat",
]
