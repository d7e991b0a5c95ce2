"""What can be done with organisations.

`organisations` founds and changes them, `members` says who acts for them, `waiting` lists what staff have to look at.
"""

from regiokit.organisations.domain.members import of_member, recipients, set_members
from regiokit.organisations.domain.organisations import (
    found_organisation,
    in_use,
    note_change,
    unverify_organisation,
    verify_organisation,
)
from regiokit.organisations.domain.waiting import to_verify, without_owner

__all__ = [
    "found_organisation",
    "in_use",
    "note_change",
    "of_member",
    "recipients",
    "set_members",
    "to_verify",
    "unverify_organisation",
    "verify_organisation",
    "without_owner",
]
