"""A Django mail backend that puts every mail of the host into the outbox."""

import logging

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from regiokit.mail.models import OutboxMail

log = logging.getLogger(__name__)


class OutboxBackend(BaseEmailBackend):
    """For `EMAIL_BACKEND`: also mails of Django, Wagtail and allauth wait for the worker and survive a mail server's rest."""

    def send_messages(self, email_messages) -> int:
        """Write each message into the outbox, one row for each recipient; returns the number of messages.

        The outbox holds text alone: attachments are left out, and the log says so.
        """
        with transaction.atomic():
            for message in email_messages:
                html = next((part[0] for part in getattr(message, "alternatives", []) if part[1] == "text/html"), "")
                if message.attachments:
                    log.warning(
                        "%s attachments of a mail were left out: the outbox keeps none", len(message.attachments)
                    )
                headers = dict(message.extra_headers)
                if message.reply_to:
                    headers.setdefault("Reply-To", ", ".join(message.reply_to))
                for recipient in message.recipients():
                    OutboxMail.objects.create(
                        to=recipient,
                        sender=message.from_email or "",
                        subject=" ".join(message.subject.split())[:255],
                        text=message.body,
                        html=html,
                        headers=headers,
                    )
        return len(email_messages)
