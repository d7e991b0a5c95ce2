"""From the operator's form to the public page: draft, review, confirmation, pause."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coworking.models import Space, SpaceState
from regiokit import mail
from regiokit.conf import absolute
from regiokit.listings import domain as listings
from regiokit.organisations.domain import recipients
from regiokit.search.domain import update


class SpaceLocked(Exception):
    """Staff have locked the entry while they work on it."""


@transaction.atomic
def save_space(space: Space, *, by) -> Space:
    """Keep what was typed as a draft; a published version stays as it is. Raises `SpaceLocked`."""
    _refuse_locked(space)
    listings.save_draft(space, by=by)
    SpaceState.objects.get_or_create(listing=space)
    return space


@transaction.atomic
def submit_space(space: Space, *, by) -> Space:
    """Hand the latest draft to staff for approval. Raises `SpaceLocked`."""
    _refuse_locked(space)
    listings.submit(space, by=by)
    SpaceState.objects.get_or_create(listing=space)
    return space


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
    """After Wagtail published the space: keep its state row, and tell the operator at the first time."""
    state, _new = SpaceState.objects.get_or_create(listing=space)
    if state.confirmed_at is None:
        state.confirmed_at = timezone.now()
        state.save(update_fields=["confirmed_at"])
        _tell(space, "coworking/mail/space_published", button_url=absolute(space.get_absolute_url()))


@transaction.atomic
def note_return(space: Space, *, reason: str) -> None:
    """After staff returned the space: tell the operator why."""
    edit_url = absolute(reverse("coworking:my_space", args=[space.pk]))
    _tell(space, "coworking/mail/space_returned", reason=reason, button_url=edit_url)


def _tell(space: Space, template: str, **context) -> None:
    for address in recipients(space.organisation):
        mail.queue(template, to=address, context={"space": space, **context})


def _set_state(space: Space, **fields) -> None:
    SpaceState.objects.update_or_create(listing=space, defaults=fields)
    update("coworking.space", space.pk)


def _refuse_locked(space: Space) -> None:
    if space.pk and Space.objects.filter(pk=space.pk, locked=True).exists():
        raise SpaceLocked(space)
