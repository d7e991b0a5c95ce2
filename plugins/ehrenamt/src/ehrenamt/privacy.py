"""What erases enquiries when their time is over (see the retention rules in `plugin`)."""

from datetime import datetime

from ehrenamt.enums import EnquiryState
from ehrenamt.models import Enquiry


def erase_unconfirmed(*, before: datetime) -> int:
    """Erase enquiries that nobody confirmed and that came before that moment (UTC); return how many."""
    return Enquiry.objects.filter(state=EnquiryState.UNCONFIRMED, created_at__lt=before).delete()[0]


def erase_enquiries(*, before: datetime) -> int:
    """Erase all other enquiries whose last change lies before that moment (UTC); return how many."""
    return Enquiry.objects.exclude(state=EnquiryState.UNCONFIRMED).filter(changed_at__lt=before).delete()[0]
