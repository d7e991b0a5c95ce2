"""Periods and limits of the plugin, in one place."""

from datetime import time, timedelta

CONFIRM_WITHIN = timedelta(hours=48)
"""How long the link works by which a person confirms the e-mail address."""
ANSWER_WITHIN = timedelta(hours=72)
"""How long the operator may answer, counted from that confirmation; afterwards the request lapses."""
ANSWER_BEFORE = time(7, 0)
"""Local time on the last wished day after which no answer helps any more, even within the 72 hours."""
STATE_LINK_FOR = timedelta(days=245)
"""How long the private page of a trial day can be opened: 60 days ahead, 180 days of retention, and some slack."""
DAYS_AHEAD = 60
"""A wished day lies at most so many days ahead."""
SUGGESTED_DAYS = 10
"""So many open days the form suggests."""
STALE_AFTER = timedelta(days=183)
"""Details of a space that nobody confirmed for half a year are shown as old."""
