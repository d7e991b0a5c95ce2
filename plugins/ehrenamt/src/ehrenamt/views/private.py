"""What pages behind private links share: the enquiry behind the link, and pages for links that open nothing."""

from functools import wraps

from django.urls import reverse
from django.utils.translation import gettext as _

from ehrenamt.models import Enquiry
from regiokit import links
from regiokit.pages import message_page, private_page


def with_enquiry(purpose: str, max_age):
    """Turn the token of an address into its enquiry; old links answer 410, altered ones 404, both with a way on."""

    def decorate(view):
        @private_page
        @wraps(view)
        def found(request, token, *args, **kwargs):
            try:
                pk = links.read(purpose, token, max_age=max_age)
            except links.LinkExpired:
                return _expired(request)
            except links.LinkAltered:
                return _altered(request)
            enquiry = Enquiry.objects.select_related("organisation", "offer__state").filter(pk=pk).first()
            return view(request, enquiry, *args, **kwargs) if enquiry else _expired(request)

        return found

    return decorate


def to_offers():
    """Return the way on from pages that end: label and url."""
    return [(_("Zu den Angeboten"), reverse("ehrenamt:offers"))]


def _expired(request):
    text = _(
        "Er galt nur für begrenzte Zeit, oder die Anfrage ist schon gelöscht. "
        "Sie können jederzeit eine neue Anfrage schreiben."
    )
    title = _("Dieser Link ist abgelaufen")
    return message_page(request, title, text, app="ehrenamt", status=410, actions=to_offers())


def _altered(request):
    text = _(
        "Vielleicht fehlt am Ende ein Stück. Öffnen Sie den Link noch einmal aus der E-Mail, "
        "oder kopieren Sie ihn vollständig."
    )
    return message_page(request, _("Dieser Link stimmt nicht"), text, app="ehrenamt", status=404, actions=to_offers())
