"""Erasers of the retention rules in `regiokit.privacy`, and what is known of one saved search."""

from datetime import datetime

from regiokit.search.alerts.models import SavedSearch, SavedSearchMatch


def erase_unconfirmed(*, before: datetime) -> int:
    """Erase saved searches that were asked for before that moment (UTC) and never confirmed; return how many."""
    return SavedSearch.objects.filter(confirmed_at=None, created_at__lt=before).delete()[0]


def erase_ended(*, before: datetime) -> int:
    """Erase saved searches that were last confirmed or renewed before that moment (UTC); return how many rows."""
    return SavedSearch.objects.filter(renewed_at__lt=before).delete()[0]


def erase_finds(*, before: datetime) -> int:
    """Erase what was found and sent before that moment (UTC); return how many."""
    return SavedSearchMatch.objects.filter(sent_at__lt=before).delete()[0]


def export(saved: SavedSearch) -> dict:
    """Return everything that is kept of a person with this saved search (DSGVO Art. 15, 20)."""
    matches = saved.matches.order_by("pk").values("object_id", "due_at", "sent_at")
    kept = ("email", "rhythm", "words", "params", "created_at", "confirmed_at", "renewed_at", "reminded_at")
    return {name: getattr(saved, name) for name in kept} | {"ends_on": saved.ends_on, "found": list(matches)}
