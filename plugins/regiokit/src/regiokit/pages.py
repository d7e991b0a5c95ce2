"""Pages that plugins share: those for one person alone, and those that say one thing and lead on."""

from functools import wraps

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regiokit import conf
from regiokit.limits import TooMany

NO_TRACE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    # Not "no-referrer": browsers then send the page's forms with "Origin: null", which the forgery check refuses.
    "Referrer-Policy": "same-origin",
}


def private_page(view):
    """Let nobody keep, index or pass on what `view` answers."""

    @wraps(view)
    def without_trace(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        for name, value in NO_TRACE.items():
            response[name] = value
        return response

    return without_trace


def message_page(request, title: str, text: str, *, app: str, status: int = 200, actions=()):
    """Return a page of the plugin `app` that says one thing; `actions` are (label, url), the first is the main one."""
    context = {"base": f"{app}/base.html", "title": title, "text": text, "actions": actions, "contact": conf.contact()}
    return render(request, "regiokit/message.html", context, status=status)


def too_many_text(error: TooMany) -> str:
    """Return why it does not work now, and when it works again: in minutes, from an hour and a half on in hours."""
    if error.of_address:
        cause = _("Mit dieser E-Mail-Adresse wurden heute schon mehrere Formulare gesendet.")
    else:
        cause = _("Von Ihrem Anschluss kamen sehr viele Anfragen.")
    minutes = max(1, round(error.retry_after / 60))
    if minutes < 90:
        again = ngettext(
            "In etwa einer Minute geht es wieder.", "In etwa %(count)s Minuten geht es wieder.", minutes
        ) % {"count": minutes}
    else:
        again = _("In etwa %(count)s Stunden geht es wieder.") % {"count": round(minutes / 60)}
    return f"{cause} {again}"


def too_many_page(request, error: TooMany, *, app: str, actions=()):
    """Return the page for somebody who sends too often: 429 with the time after which it works again (RFC 6585)."""
    title, text = _("Bitte warten Sie einen Moment"), too_many_text(error)
    response = message_page(request, title, text, app=app, status=429, actions=actions)
    response["Retry-After"] = str(error.retry_after)
    return response
