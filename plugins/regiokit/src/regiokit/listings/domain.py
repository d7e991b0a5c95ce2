"""What happens to a moderated entry. Plugins wrap these verbs in their own words (`submit_offer`)."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import TaskState

from regiokit.listings.models import Listing, ListingLocked, NewerRevision, NothingToReview
from regiokit.listings.stages import sendable


def save_draft(listing: Listing, *, by, seen: int | None = None) -> Listing:
    """Keep the entry as it is typed, unseen by anybody else; a live version stays as it is.

    `seen` is the key of the revision that was changed. Returns the first entry when a new one with the same `key` is
    sent twice. Raises `NewerRevision` when there is a newer one than `seen`, `ListingLocked` while staff hold the
    entry, and `ValidationError` for values that no version may have.
    """
    if twin := twin_of(listing):
        return twin
    try:
        with transaction.atomic():
            _hold(listing, seen=seen)
            if listing.pk is None:
                listing.live = False
                listing.full_clean()
                listing.save()
            listing.save_revision(user=by)
    except (IntegrityError, ValidationError):
        # The two clicks came at the same moment.
        if twin := twin_of(listing):
            return twin
        raise
    return listing


def twin_of(listing: Listing) -> Listing | None:
    """Return the entry that an earlier click on the same form has made, or None.

    A key that was used for another organisation is no second click: the entry gets a key of its own.
    """
    if not listing._state.adding or not listing.key:
        return None
    twin = type(listing).objects.filter(key=listing.key).first()
    if twin and twin.organisation_id != listing.organisation_id:
        listing.key, twin = uuid4().hex, None
    return twin


@transaction.atomic
def submit(listing: Listing, *, by, seen: int | None = None) -> Listing:
    """Save a revision and hand it to the moderators. A running review begins again with this revision.

    `seen` is the key of the stored revision that is handed over; it must be worth a review. Raises `NothingToReview`
    when it is public or waits already, and what `save_draft` raises.

    The workflow starts without a requester: Wagtail would mail that person links into its admin, where members of
    organisations never come.
    """
    _hold(listing, seen=seen)
    if seen is not None and not sendable(type(listing).objects.get(pk=listing.pk)):
        raise NothingToReview(listing)
    listing = save_draft(listing, by=by)
    if current := listing.current_workflow_state:
        current.cancel(user=by)
    listing.get_workflow().start(listing, None)
    return listing


@transaction.atomic
def withdraw(listing: Listing, *, by) -> Listing:
    """Take the entry out of public view and out of review; it stays as a draft of its organisation.

    Raises `ListingLocked` while staff hold the entry.
    """
    _hold(listing)
    if current := listing.current_workflow_state:
        current.cancel(user=by)
    if listing.live:
        # Members of organisations have no permissions in Wagtail: our own views decide who may do this.
        UnpublishAction(listing, user=by).execute(skip_permission_checks=True)
    return listing


@transaction.atomic
def ask_again(task_state: TaskState) -> None:
    """After an approval was refused because of a newer revision: ask about that one, with a task of its own.

    The refused form names the old task, so that sending it once more decides nothing.
    """
    listing = task_state.workflow_state.content_object
    type(listing).objects.select_for_update().get(pk=listing.pk)
    state = TaskState.objects.select_for_update().get(pk=task_state.pk)
    if state.status == TaskState.STATUS_IN_PROGRESS:
        state.specific.cancel(resume=True)


def _hold(listing: Listing, *, seen: int | None = None) -> None:
    """Lock the row until the transaction ends, and refuse what staff hold or what somebody else has changed."""
    if listing.pk is None:
        return
    rows = type(listing).objects.select_for_update().values_list("locked", "latest_revision_id")
    locked, latest = rows.get(pk=listing.pk)
    if locked:
        raise ListingLocked(listing)
    if seen is not None and latest != seen:
        raise NewerRevision(listing)
