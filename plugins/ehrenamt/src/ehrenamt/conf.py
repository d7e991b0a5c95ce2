"""The settings of the plugin, all optional, read when they are needed.

| setting | meaning |
|---|---|
| `EHRENAMT_CONFIRM_AFTER_DAYS` | after how many days an association is asked whether an offer is still needed; default 60 |
"""

from datetime import timedelta

from django.conf import settings

CONFIRM_LINK = timedelta(hours=48)
ANSWER_LINK = timedelta(days=30)
STATUS_LINK = timedelta(days=180)
"""How long the links in mails are valid; the status link as long as an enquiry is kept."""

UNCONFIRMED_DAYS = 2
KEPT_DAYS = 180
"""Days after which enquiries are erased: those nobody confirmed, and all others after their last change."""

ANSWER_DAYS = 7
"""Days within which associations are asked to answer."""

SIMILAR_KM = 15
SIMILAR_LIMIT = 3
ANSWERS_FOR_MEDIAN = 3


def confirm_after() -> timedelta:
    """Return after how long an offer should be confirmed again."""
    return timedelta(days=getattr(settings, "EHRENAMT_CONFIRM_AFTER_DAYS", 60))
