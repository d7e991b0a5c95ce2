"""Whose sessions there are, and how they end: at once, on every device, because each request reads the database."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.core import context
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import EndedSession, Session, digest

NOTED_EVERY = timedelta(minutes=10)
"""How often the use of a session is written down; more often would write on every click."""


def of_user(user):
    """Return the sessions that are open for this person, the last used first."""
    return user.sessions.filter(expire_date__gt=timezone.now()).order_by("-last_used", "pk")


@transaction.atomic
def end_sessions(user_ids: Iterable[int], *, reason: str, keep: Iterable[str] = ()) -> int:
    """End every session of these people but those with the keys in `keep`; returns how many.

    `reason` is one of `EndedSession.Reason`: the sign-in tells it to whoever comes back.
    """
    found = Session.objects.filter(user__in=list(user_ids)).exclude(pk__in=list(keep))
    rows = [EndedSession(digest=digest(row.pk), reason=reason, expire_date=row.expire_date) for row in found]
    if not rows:
        return 0
    EndedSession.objects.bulk_create(rows, ignore_conflicts=True)
    return Session.objects.filter(pk__in=[row.pk for row in found]).delete()[0]


def rights_changed(user_ids: Iterable[int], *, reason: str = EndedSession.Reason.RIGHTS) -> int:
    """End the sessions of people whose rights change now, but for the one in which somebody changes their own."""
    user_ids = list(user_ids)
    return end_sessions(user_ids, reason=reason, keep=_acting_session(user_ids)) if user_ids else 0


def _acting_session(user_ids: list[int]) -> list[str]:
    request = context.request
    if request is None or not hasattr(request, "user") or request.user.pk not in user_ids:
        return []
    return [request.session.session_key or ""]


def note_use(session) -> None:
    """Write down that a session of somebody who is signed in is used, every ten minutes."""
    now = timezone.now()
    if session.last_used and session.last_used < now - NOTED_EVERY:
        Session.objects.filter(pk=session.session_key).update(last_used=now)
