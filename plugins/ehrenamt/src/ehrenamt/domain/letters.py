"""The mails of the plugin: who gets which, with which link. Called by the verbs, inside their transactions."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from ehrenamt import conf
from ehrenamt.models import Enquiry, Offer
from regiokit import conf as regiokit_conf
from regiokit import links, mail
from regiokit.organisations.domain import recipients

CONFIRM, ANSWER, STATUS = "ehrenamt.confirm", "ehrenamt.answer", "ehrenamt.status"
"""Purposes of links: one never opens what another is for."""


def status_path(enquiry: Enquiry) -> str:
    """Return the path of the private page on which the citizen sees the enquiry."""
    return reverse("ehrenamt:enquiry_status", args=[links.sign(STATUS, enquiry.pk)])


def confirm_enquiry(enquiry: Enquiry) -> None:
    """Ask the citizen to confirm the address."""
    _to(
        enquiry.email, "enquiry_confirm", _("Anfrage bestätigen"), _signed("enquiry_confirm", CONFIRM, enquiry), enquiry
    )


def enquiry_arrived(enquiry: Enquiry) -> None:
    """Give the enquiry to the association, with a link that answers without signing in."""
    for address in recipients(enquiry.organisation):
        _to(
            address,
            "enquiry_arrived",
            _("Anfrage ansehen und antworten"),
            _signed("enquiry_answer", ANSWER, enquiry),
            enquiry,
        )


def enquiry_passed_on(enquiry: Enquiry) -> None:
    """Tell the citizen that the enquiry is with the association, and where to see it."""
    _to(
        enquiry.email,
        "enquiry_passed_on",
        _("Stand der Anfrage ansehen"),
        regiokit_conf.absolute(status_path(enquiry)),
        enquiry,
    )


def enquiry_answered(enquiry: Enquiry) -> None:
    """Lead the citizen to the answer; for people without e-mail staff gets it and calls."""
    if enquiry.email:
        _to(
            enquiry.email, "enquiry_answered", _("Antwort lesen"), regiokit_conf.absolute(status_path(enquiry)), enquiry
        )
    else:
        _to_staff("enquiry_phone_answered", enquiry)


def enquiry_withdrawn(enquiry: Enquiry) -> None:
    """Tell the association that nobody waits for its answer any more."""
    for address in recipients(enquiry.organisation):
        _to(address, "enquiry_withdrawn", "", "", enquiry)


def enquiry_by_phone(enquiry: Enquiry) -> None:
    """Tell staff that somebody waits for a call."""
    _to_staff("enquiry_by_phone", enquiry)


def offer_submitted(offer: Offer) -> None:
    """Tell the association that the offer arrived and what happens next."""
    _to_members(offer, "offer_submitted", _("Angebot ansehen"), reverse("ehrenamt:offer_preview", args=[offer.pk]))


def offer_published(offer: Offer) -> None:
    """Tell the association that the offer is public."""
    _to_members(offer, "offer_published", _("Angebot ansehen"), offer.get_absolute_url())


def offer_returned(offer: Offer, *, reason: str) -> None:
    """Tell the association why the offer came back and where to change it."""
    edit = reverse("ehrenamt:offer_edit", args=[offer.pk])
    _to_members(offer, "offer_returned", _("Angebot überarbeiten"), edit, reason=reason)


def _signed(name: str, purpose: str, enquiry: Enquiry) -> str:
    return regiokit_conf.absolute(reverse(f"ehrenamt:{name}", args=[links.sign(purpose, enquiry.pk)]))


def _to(address: str, template: str, label: str, url: str, enquiry: Enquiry) -> None:
    mail.queue(
        f"ehrenamt/mail/{template}",
        to=address,
        context={"enquiry": enquiry, "button_label": label, "button_url": url, "days": conf.ANSWER_DAYS},
    )


def _to_staff(template: str, enquiry: Enquiry) -> None:
    url = regiokit_conf.absolute(reverse("ehrenamt_calls"))
    for address in _staff():
        _to(address, template, _("Anrufe öffnen"), url, enquiry)


def _staff() -> list[str]:
    if address := regiokit_conf.contact().get("email"):
        return [address]
    people = get_user_model().objects.filter(is_active=True, groups__name=regiokit_conf.moderators())
    return sorted({person.email for person in people if person.email})


def _to_members(offer: Offer, template: str, label: str, path: str, **context) -> None:
    for address in recipients(offer.organisation):
        mail.queue(
            f"ehrenamt/mail/{template}",
            to=address,
            context={"offer": offer, "button_label": label, "button_url": regiokit_conf.absolute(path), **context},
        )
