"""Offers of associations and the enquiries of citizens."""

from ehrenamt.models.enquiry import Enquiry
from ehrenamt.models.offer import ACCESS_FIELDS, Offer, OfferState

__all__ = ["ACCESS_FIELDS", "Enquiry", "Offer", "OfferState"]
