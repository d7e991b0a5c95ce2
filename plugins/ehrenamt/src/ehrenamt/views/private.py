"""What pages behind private links share: headers, and pages for links that open nothing."""

from functools import wraps

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ehrenamt.models import Enquiry
from regiokit import links
from regiokit.limits import TooMany

# Not "no-referrer": browsers then send forms of the page with "Origin: null", which the check against forgery refuses.
NO_TRACE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin"}


def private_page(view):
    """Let nobody keep, index or pass on the page."""

    @wraps(view)
    def without_trace(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        for name, value in NO_TRACE.items():
            response[name] = value
        return response

    return without_trace


def with_enquiry(purpose: str, max_age):
    """Turn the token of an address into its enquiry; old links answer 410, altered ones 404, both with a way on."""

    def decorate(view):
        @private_page
        @wraps(view)
        def found(request, token, *args, **kwargs):
            try:
                pk = links.read(purpose, token, max_age=max_age)
            except links.LinkExpired:
                return _link_page(request, 410)
            except links.LinkAltered:
                return _link_page(request, 404)
            if not Enquiry.objects.filter(pk=pk).exists():
                return _link_page(request, 410)
            enquiry = get_object_or_404(Enquiry.objects.select_related("organisation", "offer__state"), pk=pk)
            return view(request, enquiry, *args, **kwargs)

        return found

    return decorate


def message_page(request, title: str, text: str, *, status: int = 200, actions=()):
    """Draw a page that says one thing and leads on; `actions` are (label, url), the first is the main one."""
    context = {"title": title, "text": text, "actions": actions}
    return render(request, "ehrenamt/message.html", context, status=status)


def too_many_page(request, error: TooMany):
    """Say that this was tried too often, and when it works again."""
    minutes = max(1, round(error.retry_after / 60))
    response = message_page(
        request,
        _("Bitte warten Sie einen Moment"),
        _("Von Ihrem Anschluss kamen sehr viele Anfragen. In etwa %(minutes)s Minuten geht es wieder.")
        % {"minutes": minutes},
        status=429,
        actions=[(_("Zu den Angeboten"), reverse("ehrenamt:offers"))],
    )
    response["Retry-After"] = str(error.retry_after)
    return response


def _link_page(request, status: int):
    if status == 410:
        title = _("Dieser Link ist abgelaufen")
        text = _(
            "Er galt nur für begrenzte Zeit, oder die Anfrage ist schon gelöscht. Sie können jederzeit eine neue Anfrage schreiben."
        )
    else:
        title = _("Dieser Link stimmt nicht")
        text = _(
            "Vielleicht fehlt am Ende ein Stück. Öffnen Sie den Link noch einmal aus der E-Mail, oder kopieren Sie ihn vollständig."
        )
    return message_page(
        request, title, text, status=status, actions=[(_("Zu den Angeboten"), reverse("ehrenamt:offers"))]
    )
