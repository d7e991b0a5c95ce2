"""Organisation and membership; invitations; what staff decided about an organisation."""

from regiokit.organisations.models.history import MergedOrganisation, VerificationDecision
from regiokit.organisations.models.invitation import Invitation
from regiokit.organisations.models.organisation import Membership, Organisation

__all__ = ["Invitation", "Membership", "MergedOrganisation", "Organisation", "VerificationDecision"]
