"""What other distributions may listen to. Sent after the transaction is committed.

- `organisation_changed(sender=Organisation, organisation)`: what the public sees of an organisation may have changed.
"""

from django.dispatch import Signal

organisation_changed = Signal()
