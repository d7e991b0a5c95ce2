"""The outbox as a list for staff: what went to whom and how, never what stands in it."""

from django.utils.translation import gettext_lazy as _

from regiokit.loglists import LogList
from regiokit.mail.models import OutboxMail


def rows():
    """Return the mails without their texts: codes and signed links are keys."""
    return OutboxMail.objects.defer("text", "html", "headers")


outbox = LogList(
    name="regiokit_outbox",
    rows=rows,
    icon="mail",
    menu_label=_("Postausgang"),
    menu_order=930,
    columns=("shown_subject", "to", "state", "attempts", "created_at", "sent_at"),
    fields=("shown_subject", "to", "state", "attempts", "created_at", "due_at", "sent_at", "last_error"),
    export=("shown_subject", "state", "attempts", "created_at", "sent_at", "last_error"),
    labels=(("shown_subject", _("Betreff")),),
    filters=("state", "created_at"),
    # Never by subject: whoever searches for a code letter by letter would learn it.
    search=("to",),
    ordering=("-created_at", "-pk"),
    empty=_("Noch hat das Portal keine E-Mail geschrieben."),
)
