"""Verbs on offers. Wagtail alone changes `live`; we save revisions, start the review and keep the operating state."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from ehrenamt import signals
from ehrenamt.domain import letters
from ehrenamt.enums import Mode
from ehrenamt.models import Offer, OfferState
from regiokit.listings import domain as listings
from regiokit.search import domain as search

SOURCE = "ehrenamt.offer"
ASKED_FOR = ("title", "description", "causes", "time")
"""What an offer needs before it can be reviewed, beside a place."""


class Incomplete(Exception):
    """The offer cannot be reviewed yet; `fields` names what is missing, in German."""

    def __init__(self, fields: list[str]):
        super().__init__(", ".join(fields))
        self.fields = fields


def missing(offer: Offer) -> list[str]:
    """Return the German names of what an offer still lacks before it can be reviewed."""
    lacking = [name for name in ASKED_FOR if not getattr(offer, name)]
    if offer.mode in (Mode.ON_SITE, Mode.HYBRID) and not offer.municipality_id:
        lacking.append("municipality")
    return [str(offer._meta.get_field(name).verbose_name) for name in lacking]


@transaction.atomic
def save_offer_draft(offer: Offer, *, by, seen: int | None = None) -> Offer:
    """Keep the offer as it is typed; the public version stays. Returns the first one when a new offer is sent twice.

    `seen` is the key of the revision that was changed. Raises `NewerRevision` when there is a newer one,
    `ListingLocked` while staff hold the offer, and `ValidationError` for values that no version may have.
    """
    saved = listings.save_draft(offer, by=by, seen=seen)
    OfferState.objects.get_or_create(listing_id=saved.pk)
    return saved


@transaction.atomic
def submit_offer(offer: Offer, *, by, seen: int | None = None) -> Offer:
    """Hand the offer to the moderators and tell the association that it arrived. Sending it says: this is still right.

    Raises `Incomplete` when something necessary is missing, and what `regiokit.listings.domain.submit` raises.
    """
    if lacking := missing(offer):
        raise Incomplete(lacking)
    offer = listings.submit(offer, by=by, seen=seen)
    now = timezone.now()
    OfferState.objects.update_or_create(listing_id=offer.pk, defaults={"submitted_at": now, "confirmed_at": now})
    letters.offer_submitted(offer)
    return offer


@transaction.atomic
def pause_offer(offer: Offer) -> None:
    """Take a public offer out of view without losing its approval."""
    _change(offer, paused_at=timezone.now())


@transaction.atomic
def resume_offer(offer: Offer) -> None:
    """Show a paused offer again; whoever does that confirms it."""
    _change(offer, paused_at=None, confirmed_at=timezone.now())


@transaction.atomic
def confirm_offer(offer: Offer) -> None:
    """Note that the association says: still needed ("zuletzt bestätigt am")."""
    _change(offer, confirmed_at=timezone.now())


@transaction.atomic
def withdraw_offer(offer: Offer, *, by) -> None:
    """Take the offer out of public view and out of review; it stays as a draft. Raises `ListingLocked`."""
    listings.withdraw(offer, by=by)
    _change(offer, paused_at=None, submitted_at=None)


@transaction.atomic
def note_publication(offer: Offer) -> None:
    """After Wagtail published: tell the association when it had asked for it, and everybody who listens."""
    state, _new = OfferState.objects.get_or_create(listing_id=offer.pk, defaults={"confirmed_at": timezone.now()})
    if state.submitted_at:
        state.submitted_at = None
        state.save(update_fields=["submitted_at"])
        letters.offer_published(offer)
    transaction.on_commit(partial(signals.offer_published.send_robust, sender=Offer, offer=offer))


@transaction.atomic
def note_return(offer: Offer, *, reason: str) -> None:
    """After staff gave the offer back: tell the association why and where to go on."""
    OfferState.objects.filter(listing_id=offer.pk).update(submitted_at=None)
    letters.offer_returned(offer, reason=reason)


def refresh_ended_offers() -> int:
    """Take offers whose last day has passed out of the search; returns how many there were."""
    ended = Offer.objects.filter(live=True, ends_on__lt=timezone.localdate()).values_list("pk", flat=True)
    ids = search.listed(SOURCE, ended)
    if ids:
        search.update(SOURCE, *ids)
    return len(ids)


def _change(offer: Offer, **values) -> None:
    OfferState.objects.update_or_create(listing_id=offer.pk, defaults=values)
    search.update(SOURCE, offer.pk)
