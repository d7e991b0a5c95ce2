"""Verbs on offers. Wagtail alone changes `live`; we save revisions, start the review and keep the operating state."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from ehrenamt import signals
from ehrenamt.domain import letters
from ehrenamt.enums import Mode
from ehrenamt.models import Offer, OfferState
from regiokit.listings import domain as listings
from regiokit.listings.models import NewerRevision
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


def save_offer_draft(offer: Offer, *, by, seen: int | None = None) -> Offer:
    """Keep the offer as it is typed; the public version stays. Returns the first one when a new offer is sent twice.

    `seen` is the key of the revision that was changed. Raises `NewerRevision` when there is a newer one, and
    `ValidationError` for values that no version may have.
    """
    if offer.pk is None and (twin := _twin(offer)):
        return twin
    try:
        with transaction.atomic():
            _refuse_stale(offer, seen)
            listings.save_draft(offer, by=by)
            OfferState.objects.get_or_create(listing_id=offer.pk)
    except (IntegrityError, ValidationError):
        # The two clicks came at the same moment.
        if twin := _twin(offer):
            return twin
        raise
    return offer


@transaction.atomic
def submit_offer(offer: Offer, *, by, seen: int | None = None) -> Offer:
    """Hand the offer to the moderators and tell the association that it arrived. Sending it says: this is still right.

    Raises `Incomplete` when something necessary is missing, and `NewerRevision` as `save_offer_draft` does.
    """
    if lacking := missing(offer):
        raise Incomplete(lacking)
    _refuse_stale(offer, seen)
    listings.submit(offer, by=by)
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
    """Take the offer out of public view and out of review; it stays as a draft."""
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
    transaction.on_commit(partial(signals.offer_published.send, sender=Offer, offer=offer))


@transaction.atomic
def note_return(offer: Offer, *, reason: str) -> None:
    """After staff gave the offer back: tell the association why and where to go on."""
    OfferState.objects.filter(listing_id=offer.pk).update(submitted_at=None)
    letters.offer_returned(offer, reason=reason)


def refresh_ended_offers() -> int:
    """Take offers whose last day has passed out of the search; returns how many there are."""
    today = timezone.localdate()
    ids = list(Offer.objects.filter(live=True, ends_on__lt=today).values_list("pk", flat=True))
    if ids:
        search.update(SOURCE, *ids)
    return len(ids)


def _twin(offer: Offer) -> Offer | None:
    if not offer.key:
        return None
    return Offer.objects.filter(key=offer.key, organisation_id=offer.organisation_id).first()


def _change(offer: Offer, **values) -> None:
    OfferState.objects.update_or_create(listing_id=offer.pk, defaults=values)
    search.update(SOURCE, offer.pk)


def _refuse_stale(offer: Offer, seen: int | None) -> None:
    if seen is None or offer.pk is None:
        return
    latest = Offer.objects.select_for_update().values_list("latest_revision_id", flat=True).get(pk=offer.pk)
    if latest != seen:
        raise NewerRevision(offer)
