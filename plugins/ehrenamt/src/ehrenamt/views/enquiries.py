"""A citizen's enquiry: write, confirm, see how it stands, take back."""

import uuid

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ehrenamt import conf
from ehrenamt.domain import enquiries, letters
from ehrenamt.enums import EnquiryState
from ehrenamt.forms import EnquiryForm
from ehrenamt.models import Enquiry, Offer
from ehrenamt.views.private import to_offers, with_enquiry
from regiokit import conf as regiokit_conf
from regiokit import limits, links
from regiokit.pages import message_page, private_page, too_many_page


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_new(request, pk):
    """Show the form for an offer, and take the enquiry."""
    offer = get_object_or_404(Offer.objects.published().with_card(), pk=pk)
    if request.method == "POST":
        form = EnquiryForm(request.POST)
        if form.is_valid():
            try:
                if not Enquiry.objects.filter(key=form.cleaned_data["key"]).exists():
                    # A second click sends nothing, so it does not count.
                    limits.sending(request, "ehrenamt.enquiry", address=form.cleaned_data["email"])
            except limits.TooMany as error:
                return too_many_page(request, error, app="ehrenamt", actions=to_offers())
            values = {name: form.cleaned_data[name] for name in ("name", "email", "phone", "message", "key")}
            enquiry = enquiries.send_enquiry(offer, **values)
            return HttpResponseRedirect(reverse("ehrenamt:enquiry_sent", args=[_sent_token(enquiry)]))
    else:
        form = EnquiryForm(initial={"message": _starter(offer), "key": uuid.uuid4().hex})
    context = {
        "offer": offer,
        "form": form,
        "breadcrumbs": [
            (_("Ehrenamt"), reverse("ehrenamt:offers")),
            (offer.title, offer.get_absolute_url()),
            (_("Anfrage"), ""),
        ],
        "kept_days": conf.KEPT_DAYS,
        "answer_days": conf.ANSWER_DAYS,
        "contact": regiokit_conf.contact(),
    }
    return render(request, "ehrenamt/enquiry_new.html", context, status=422 if form.is_bound else 200)


SENT = "ehrenamt.sent"


@with_enquiry(SENT, conf.CONFIRM_LINK)
@require_safe
def enquiry_sent(request, enquiry):
    """Say what happens next, after the form was sent."""
    return render(request, "ehrenamt/enquiry_sent.html", _facts(enquiry))


@with_enquiry(letters.CONFIRM, conf.CONFIRM_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_confirm(request, enquiry):
    """Show the enquiry; the button gives it to the association. A mail scanner that looks changes nothing."""
    if request.method == "POST":
        try:
            enquiry = enquiries.confirm_enquiry(enquiry)
        except enquiries.WrongState:
            pass
        return HttpResponseRedirect(letters.status_path(enquiry))
    if enquiry.state != EnquiryState.UNCONFIRMED:
        return message_page(
            request,
            _("Das ist schon erledigt"),
            _("Diese Anfrage (%(number)s) haben Sie bereits abgeschickt oder zurückgenommen.")
            % {"number": enquiry.reference},
            app="ehrenamt",
            actions=[(_("Stand der Anfrage ansehen"), letters.status_path(enquiry))],
        )
    return render(request, "ehrenamt/enquiry_confirm.html", _facts(enquiry))


@with_enquiry(letters.STATUS, conf.STATUS_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_status(request, enquiry):
    """Show the citizen how the enquiry stands and what was answered; POST takes it back."""
    if request.method == "POST":
        try:
            enquiries.withdraw_enquiry(enquiry)
        except enquiries.WrongState:
            pass
        return HttpResponseRedirect(request.path)
    return render(request, "ehrenamt/enquiry_status.html", _facts(enquiry))


def _facts(enquiry) -> dict:
    return {
        "enquiry": enquiry,
        "contact": regiokit_conf.contact(),
        "answer_days": conf.ANSWER_DAYS,
        "kept_days": conf.KEPT_DAYS,
        "breadcrumbs": [(_("Ehrenamt"), reverse("ehrenamt:offers")), (_("Ihre Anfrage"), "")],
    }


def _sent_token(enquiry) -> str:
    return links.sign(SENT, enquiry.pk)


def _starter(offer) -> str:
    return _(
        "Guten Tag,\n\nIhr Angebot „%(title)s“ interessiert mich. Ich würde gern mehr erfahren.\n\nFreundliche Grüße"
    ) % {"title": offer.title}
