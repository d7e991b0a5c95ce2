"""What waits for staff, for the board of the host: offers, enquiries, calls."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from ehrenamt import conf
from ehrenamt.enums import EnquiryState
from ehrenamt.models import Enquiry, Offer
from regiokit.listings import waiting
from regiokit.waiting import Asked, Found, Line, find

TOWN = "organisation__municipality"


def offers_to_approve(asked: Asked) -> Found:
    """Return the offers that this person may approve or return."""
    return waiting.to_approve(Offer, asked=asked, texts=("summary", "description"))


def unconfirmed_offers(asked: Asked) -> Found:
    """Return public offers that nobody has confirmed for a year."""
    return waiting.unconfirmed(Offer, asked=asked)


def calls(asked: Asked) -> Found:
    """Return people who left only a telephone number."""
    rows = Enquiry.objects.filter(state=EnquiryState.PHONE).select_related("organisation")
    return find(rows, asked=asked, by="created_at", town=TOWN, line=_call)


def unanswered_enquiries(asked: Asked) -> Found:
    """Return enquiries that the association should have answered by now."""
    late = timezone.now() - timedelta(days=conf.ANSWER_DAYS)
    rows = Enquiry.objects.filter(state=EnquiryState.WAITING, confirmed_at__lt=late).select_related("organisation")
    return find(rows, asked=asked, by="confirmed_at", town=TOWN, line=_enquiry)


def _call(enquiry: Enquiry) -> Line:
    url = f"{reverse('ehrenamt_calls')}#anruf-{enquiry.pk}"
    return Line(title=enquiry.reference, url=url, detail=_about(enquiry), since=enquiry.created_at)


def _enquiry(enquiry: Enquiry) -> Line:
    url = reverse("ehrenamt_enquiries:inspect", args=[enquiry.pk])
    return Line(title=enquiry.reference, url=url, detail=_about(enquiry), since=enquiry.confirmed_at)


def _about(enquiry: Enquiry) -> str:
    return f"{enquiry.offer_title}, {enquiry.organisation.name}"
