"""A Django mail backend that puts every mail of the host into the outbox."""

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from regiokit.mail.models import OutboxMail


class OutboxBackend(BaseEmailBackend):
    """For `EMAIL_BACKEND`: also mails of Django, Wagtail and allauth wait for the worker and survive a mail server's rest."""

    def send_messages(self, email_messages) -> int:
        """Write each message into the outbox, one row for each recipient; returns the number of messages."""
        with transaction.atomic():
            for message in email_messages:
                html = next((part[0] for part in getattr(message, "alternatives", []) if part[1] == "text/html"), "")
                for recipient in message.recipients():
                    OutboxMail.objects.create(
                        to=recipient,
                        sender=message.from_email or "",
                        subject=" ".join(message.subject.split())[:255],
                        text=message.body,
                        html=html,
                        headers=dict(message.extra_headers),
                    )
        return len(email_messages)
