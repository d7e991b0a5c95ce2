"""From the operator's form to the public page: draft, review, confirmation, pause, withdrawal."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coworking.models import Space, SpaceState
from regiokit import mail
from regiokit.conf import absolute
from regiokit.listings import domain as listings
from regiokit.organisations.domain import recipients
from regiokit.search.domain import update


@transaction.atomic
def save_space(space: Space, *, by, seen: int | None = None) -> Space:
    """Keep what was typed as a draft; a published version stays as it is. Returns the first one of a second click.

    `seen` is the key of the revision that was changed. Raises what `regiokit.listings.domain.save_draft` raises.
    """
    saved = listings.save_draft(space, by=by, seen=seen)
    SpaceState.objects.get_or_create(listing=saved)
    return saved


@transaction.atomic
def submit_space(space: Space, *, by, seen: int | None = None) -> Space:
    """Hand the latest draft to staff for approval and tell the operator that it arrived.

    `seen` is the key of the revision that was previewed. Raises what `regiokit.listings.domain.submit` raises.
    """
    space = listings.submit(space, by=by, seen=seen)
    SpaceState.objects.update_or_create(listing=space, defaults={"submitted_at": timezone.now()})
    preview_url = absolute(reverse("coworking:my_space_preview", args=[space.pk]))
    _tell(space, "coworking/mail/space_submitted", button_url=preview_url)
    return space


@transaction.atomic
def withdraw_space(space: Space, *, by) -> None:
    """Take the space out of public view and out of review; it stays as a draft. Raises `ListingLocked`."""
    listings.withdraw(space, by=by)
    _set_state(space, paused_at=None, submitted_at=None)


@transaction.atomic
def confirm_space(space: Space) -> None:
    """Note that the operator has said that the details are still right."""
    _set_state(space, confirmed_at=timezone.now())


@transaction.atomic
def pause_space(space: Space) -> None:
    """Take the space out of sight until `resume_space`; nothing is deleted, running requests stay."""
    _set_state(space, paused_at=timezone.now())


@transaction.atomic
def resume_space(space: Space) -> None:
    """Show the space again."""
    _set_state(space, paused_at=None)


@transaction.atomic
def note_publication(space: Space) -> None:
    """After Wagtail published the space: tell the operator the first time, and when they had asked for it.

    Whoever sent the details said with it that they are right.
    """
    state, _new = SpaceState.objects.get_or_create(listing=space)
    if state.submitted_at is None and state.confirmed_at is not None:
        return
    known = [moment for moment in (state.confirmed_at, state.submitted_at) if moment]
    state.confirmed_at, state.submitted_at = max(known, default=timezone.now()), None
    state.save(update_fields=["confirmed_at", "submitted_at"])
    _tell(space, "coworking/mail/space_published", button_url=absolute(space.get_absolute_url()))


@transaction.atomic
def note_return(space: Space, *, reason: str) -> None:
    """After staff returned the space: tell the operator why."""
    SpaceState.objects.filter(listing=space).update(submitted_at=None)
    edit_url = absolute(reverse("coworking:my_space", args=[space.pk]))
    _tell(space, "coworking/mail/space_returned", reason=reason, button_url=edit_url)


def _tell(space: Space, template: str, **context) -> None:
    for address in recipients(space.organisation):
        mail.queue(template, to=address, context={"space": space, **context})


def _set_state(space: Space, **fields) -> None:
    SpaceState.objects.update_or_create(listing=space, defaults=fields)
    update("coworking.space", space.pk)
