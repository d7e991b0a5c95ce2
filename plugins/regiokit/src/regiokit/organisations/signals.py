"""What other distributions may listen to. Sent after the transaction is committed, where nothing else is said.

- `organisation_changed(sender=Organisation, organisation)`: what the public sees of an organisation may have changed.
- `membership_changed(sender=Membership, organisation_id, user_id, old_role, role)`: a person joined (`old_role` is ""),
  left (`role` is "") or got another role. Rights have changed: hosts may end the person's sessions. It is not sent when
  a whole account or a whole organisation is deleted.
- `organisations_merging(sender=Organisation, kept, merged)`: sent INSIDE the transaction, before every row that points
  to `merged` is pointed to `kept`. Listen only when two rows of yours cannot both belong to one organisation (one row an
  organisation, unique names): settle it here. What a listener raises takes the whole merge back.
"""

from django.dispatch import Signal

organisation_changed = Signal()
membership_changed = Signal()
organisations_merging = Signal()
