"""What other distributions may listen to. Both are sent after the transaction is committed,
with `send_robust`: what a listener raises is written to the log and stops nothing here.

- `offer_published(sender=Offer, offer)`: an offer went live, for the first time or in a new version.
- `enquiry_answered(sender=Enquiry, enquiry)`: an association has answered or declined an enquiry (`enquiry.state`).
"""

from django.dispatch import Signal

offer_published = Signal()
enquiry_answered = Signal()
