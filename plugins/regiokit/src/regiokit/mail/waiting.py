"""Mails that were given up after the last try, as the board shows them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from regiokit.mail.loglist import outbox, rows
from regiokit.mail.models import OutboxMail
from regiokit.waiting import Asked, Found, Line, find


def failed_mails(asked: Asked) -> Found:
    """Return the mails that nobody got, the oldest first."""
    may_resend = asked.user.has_perm("regiokit.change_outboxmail")

    def line(mail: OutboxMail) -> Line:
        return Line(
            title=mail.shown_subject,
            url=reverse(f"{outbox.name}:inspect", args=[mail.pk]),
            detail=_("an %(to)s: %(error)s") % {"to": mail.to, "error": mail.last_error or "–"},
            since=mail.created_at,
            action=(_("Erneut senden"), reverse("regiokit_resend", args=[mail.pk])) if may_resend else None,
        )

    return find(rows().filter(state=OutboxMail.State.FAILED), asked=asked, by="created_at", line=line)
