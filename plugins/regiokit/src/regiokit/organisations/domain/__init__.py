"""What can be done with organisations.

`organisations` founds them and `changing` changes them; `members` says who acts for them, `people` lets members change
that, `invitations` lets others in, `ownership` helps when nobody is responsible; `verification` and `merging` are for
staff, `waiting` lists what waits for them. Every act leaves a line by `audit`, mails are written by `letters`.
"""

from regiokit.organisations.domain.members import of_member, recipients, set_members
from regiokit.organisations.domain.organisations import found_organisation, in_use, note_change
from regiokit.organisations.domain.verification import unverify_organisation, verify_organisation
from regiokit.organisations.domain.waiting import claimed, to_verify, without_owner

__all__ = [
    "claimed",
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
