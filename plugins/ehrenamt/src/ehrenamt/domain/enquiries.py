"""Verbs on enquiries. Each locks the row, so that two answers at once become one answer and one "already answered"."""

from functools import partial
from uuid import NAMESPACE_OID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from ehrenamt import signals
from ehrenamt.domain import letters
from ehrenamt.enums import EnquiryState
from ehrenamt.models import Enquiry, Offer


class WrongState(Exception):
    """The enquiry is not where this step begins; `enquiry` shows where it stands now."""

    def __init__(self, enquiry: Enquiry):
        super().__init__(f"{enquiry.reference}: {enquiry.state}")
        self.enquiry = enquiry


def send_enquiry(offer: Offer, *, name: str, email: str = "", phone: str = "", message: str, key: str) -> Enquiry:
    """Take a citizen's enquiry. With an e-mail address it waits for its confirmation, with a telephone number alone it

    goes to staff first. The same `key` again returns the enquiry of the first time and sends nothing, unless the person
    went back and changed the offer, the address or the text: that is an enquiry of its own.
    """
    sent = {"offer": offer, "email": email, "phone": phone, "message": message}
    try:
        return _take(sent, name=name, key=key)
    except IntegrityError:
        first = Enquiry.objects.get(key=key)
    if all(getattr(first, field) == value for field, value in sent.items()):
        return first
    # Worked out from what was sent, so that a second click on the changed form finds its own first one.
    key = uuid5(NAMESPACE_OID, "|".join([key, str(offer.pk), email, phone, message])).hex
    try:
        return _take(sent, name=name, key=key)
    except IntegrityError:
        return Enquiry.objects.get(key=key)


@transaction.atomic
def _take(sent: dict, *, name: str, key: str) -> Enquiry:
    offer, email = sent["offer"], sent["email"]
    enquiry = Enquiry.objects.create(
        **sent,
        name=name,
        key=key,
        offer_title=offer.title,
        organisation=offer.organisation,
        state=EnquiryState.UNCONFIRMED if email else EnquiryState.PHONE,
    )
    (letters.confirm_enquiry if email else letters.enquiry_by_phone)(enquiry)
    return enquiry


@transaction.atomic
def confirm_enquiry(enquiry: Enquiry) -> Enquiry:
    """The address is the citizen's own: give the enquiry to the association. Raises `WrongState` the second time."""
    enquiry = _begin(enquiry, EnquiryState.UNCONFIRMED)
    _save(enquiry, state=EnquiryState.WAITING, confirmed_at=timezone.now())
    letters.enquiry_arrived(enquiry)
    letters.enquiry_passed_on(enquiry)
    return enquiry


@transaction.atomic
def hand_over_enquiry(enquiry: Enquiry, *, by, note: str = "") -> Enquiry:
    """Staff has spoken with the person and gives the enquiry, with the number, to the association."""
    enquiry = _begin(enquiry, EnquiryState.PHONE)
    note = _signed_note(note, by)
    _save(enquiry, state=EnquiryState.WAITING, confirmed_at=timezone.now(), handed_over=True, staff_note=note)
    letters.enquiry_arrived(enquiry)
    return enquiry


@transaction.atomic
def close_telephone_enquiry(enquiry: Enquiry, *, by, note: str = "") -> Enquiry:
    """Staff has settled the enquiry on the telephone; it goes no further."""
    enquiry = _begin(enquiry, EnquiryState.PHONE)
    _save(enquiry, state=EnquiryState.CLOSED, staff_note=_signed_note(note, by))
    return enquiry


def answer_enquiry(enquiry: Enquiry, *, text: str, by: str) -> Enquiry:
    """The association writes back; the citizen gets a mail with the private link. `by` says who, in words."""
    return _answer(enquiry, EnquiryState.ANSWERED, text, by)


def decline_enquiry(enquiry: Enquiry, *, reason: str, by: str) -> Enquiry:
    """The association says kindly why it does not work out."""
    return _answer(enquiry, EnquiryState.DECLINED, reason, by)


@transaction.atomic
def withdraw_enquiry(enquiry: Enquiry) -> Enquiry:
    """The citizen takes the enquiry back, until it is answered. An association that knew of it is told."""
    enquiry = _begin(enquiry, EnquiryState.UNCONFIRMED, EnquiryState.PHONE, EnquiryState.WAITING)
    known = enquiry.state == EnquiryState.WAITING
    _save(enquiry, state=EnquiryState.WITHDRAWN)
    if known:
        letters.enquiry_withdrawn(enquiry)
    return enquiry


@transaction.atomic
def _answer(enquiry: Enquiry, state: EnquiryState, text: str, by: str) -> Enquiry:
    enquiry = _begin(enquiry, EnquiryState.WAITING)
    _save(enquiry, state=state, answer=text, answered_by=by[:254], answered_at=timezone.now())
    letters.enquiry_answered(enquiry)
    transaction.on_commit(partial(signals.enquiry_answered.send_robust, sender=Enquiry, enquiry=enquiry))
    return enquiry


def _begin(enquiry: Enquiry, *states: EnquiryState) -> Enquiry:
    locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if locked.state not in states:
        raise WrongState(locked)
    return locked


def _save(enquiry: Enquiry, **values) -> None:
    for field, value in values.items():
        setattr(enquiry, field, value)
    enquiry.changed_at = timezone.now()
    enquiry.save(update_fields=[*values, "changed_at"])


def _signed_note(note: str, by) -> str:
    return f"{note.strip()} ({by})".strip()
