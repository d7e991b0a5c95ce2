"""What waits for staff, for the board of the host: spaces and trial days."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from coworking.enums import TrialDayState
from coworking.models import Space, TrialDay
from regiokit.listings import waiting
from regiokit.waiting import Asked, Found, Line, find

SOON = timedelta(hours=24)
"""A request that lapses within this time is shown: somebody can still call the operator."""


def spaces_to_approve(asked: Asked) -> Found:
    """Return the spaces that this person may approve or return."""
    return waiting.to_approve(Space, asked=asked, texts=("summary", "description"))


def unconfirmed_spaces(asked: Asked) -> Found:
    """Return public spaces that nobody has confirmed for a year."""
    return waiting.unconfirmed(Space, asked=asked)


def lapsing_trial_days(asked: Asked) -> Found:
    """Return requests that lapse within a day, the next one first."""
    rows = TrialDay.objects.filter(state=TrialDayState.REQUESTED, respond_by__lt=timezone.now() + SOON)
    rows = rows.select_related("space")
    return find(rows, asked=asked, by="respond_by", town="space__municipality", line=_trial_day)


def _trial_day(trial_day: TrialDay) -> Line:
    return Line(
        title=trial_day.number,
        url=reverse("coworking_trial_days:inspect", args=[trial_day.pk]),
        detail=trial_day.space.name,
        until=trial_day.respond_by,
    )
