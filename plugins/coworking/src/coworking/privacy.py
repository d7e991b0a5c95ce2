"""Erasers of the retention rules in `plugin.py`."""

from datetime import datetime

from django.utils import timezone

from coworking.enums import TrialDayState
from coworking.models import TrialDay


def erase_unconfirmed(*, before: datetime) -> int:
    """Erase requests that were sent before that moment (UTC) and never confirmed; return how many."""
    return TrialDay.objects.filter(state=TrialDayState.UNCONFIRMED, asked_at__lt=before).delete()[0]


def erase_past(*, before: datetime) -> int:
    """Erase all other requests whose last wished day lies before that moment's local day; return how many."""
    day = timezone.localdate(before)
    past = TrialDay.objects.exclude(state=TrialDayState.UNCONFIRMED).filter(day__lt=day)
    return past.exclude(alternative_day__gte=day).delete()[0]
