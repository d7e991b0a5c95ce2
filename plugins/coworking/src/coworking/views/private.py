"""What pages behind private links share: the trial day behind the link, and pages for links that open nothing."""

from functools import wraps

from django.urls import reverse
from django.utils.translation import gettext as _

from coworking.domain import trial_day_links as links
from regiokit.links import LinkAltered, LinkExpired
from regiokit.pages import message_page, private_page


def by_link(purpose: str):
    """Give `view` the trial day that the token leads to; a link that is over gets 410, one that is not ours 404."""

    def decorate(view):
        @wraps(view)
        @private_page
        def opened(request, token, *args, **kwargs):
            try:
                trial_day = links.find(purpose, token)
            except LinkExpired:
                return _expired(request, purpose)
            except LinkAltered:
                return _altered(request, purpose)
            return view(request, trial_day, *args, **kwargs)

        return opened

    return decorate


def ways_on(*, for_operator: bool = False):
    """Return where pages that end lead to: labels and urls."""
    own = [(_("Meine Arbeitsorte ansehen"), reverse("coworking:my_spaces"))] if for_operator else []
    return [*own, (_("Alle Arbeitsorte ansehen"), reverse("coworking:spaces"))]


def _expired(request, purpose: str):
    if purpose == links.ANSWER:
        text = _("Sie hatten 72 Stunden Zeit zu antworten. Die Anfrage ist verfallen, die Person hat das erfahren.")
    elif purpose == links.CONFIRM:
        text = _("Er galt 48 Stunden. Bitte stellen Sie die Anfrage noch einmal, das dauert nur eine Minute.")
    else:
        text = _("Der Probetag liegt lange zurück, wir haben die Angaben gelöscht.")
    actions = ways_on(for_operator=purpose == links.ANSWER)
    return message_page(request, _("Dieser Link ist abgelaufen"), text, app="coworking", status=410, actions=actions)


def _altered(request, purpose: str):
    text = _(
        "Vielleicht fehlt am Ende ein Stück, oder die Anfrage ist schon gelöscht. "
        "Öffnen Sie den Link bitte noch einmal aus der E-Mail."
    )
    actions = ways_on(for_operator=purpose == links.ANSWER)
    return message_page(request, _("Dieser Link stimmt nicht"), text, app="coworking", status=404, actions=actions)
