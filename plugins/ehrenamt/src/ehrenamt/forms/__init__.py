"""Forms of citizens (`enquiry`) and associations (`enquiry`, `offer`)."""

from ehrenamt.forms.enquiry import AnswerForm, EnquiryForm
from ehrenamt.forms.offer import OfferForm

__all__ = ["AnswerForm", "EnquiryForm", "OfferForm"]
