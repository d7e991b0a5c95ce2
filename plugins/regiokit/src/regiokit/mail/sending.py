"""Hands the outbox over to the mail server: one mail at a time, again and again until it is taken."""

import logging
import smtplib
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.utils import timezone

from regiokit import conf
from regiokit.mail.models import OutboxMail

log = logging.getLogger(__name__)

# Minutes until the next try. Mail servers that greylist take a mail after some minutes; a night's outage is survived.
BACK_OFF = (1, 5, 15, 60, 180, 720, 1440)

# A mail that was taken up and neither sent nor refused after this time lost its worker: another one sends it again, with
# the same Message-ID. Longer than any conversation with a server that answers within its own time limits.
LEASE = timedelta(minutes=10)

# A slow server must not keep the worker from everything else.
TURN_SECONDS = 60


def send_due(*, limit: int = 50, between: Callable[[], None] = lambda: None) -> int:
    """Send up to `limit` mails that are due; return how many the server took. Never raises because of one mail.

    All go over one connection. The first sign that the server is gone ends the turn, and so does `TURN_SECONDS`: the
    other mails stay as they are. `between` is called after each mail.
    """
    sent, server, began = 0, None, time.monotonic()
    try:
        for _turn in range(limit):
            mail = _claim() if time.monotonic() - began < TURN_SECONDS else None
            if mail is None:
                break
            error, server = _try(mail, server)
            sent += error is None
            between()
            if _server_is_gone(error):
                break
    finally:
        _close(server)
    return sent


def _claim() -> OutboxMail | None:
    """Take the next due mail up for `LEASE`: nobody else takes it meanwhile, and a worker that dies keeps it no longer."""
    with transaction.atomic():
        due = OutboxMail.objects.filter(state=OutboxMail.State.WAITING, due_at__lte=timezone.now()).order_by(
            "due_at", "pk"
        )
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        mail = due.first()
        if mail is not None:
            mail.attempts += 1
            mail.due_at = timezone.now() + LEASE
            mail.save(update_fields=["attempts", "due_at"])
        return mail


class NoConnection(Exception):
    """The mail server could not be reached, or does not let us in."""


def _try(mail: OutboxMail, server):
    """Hand one mail over and note how it went; return the error, if any, and the connection for the next mail."""
    try:
        server = server or _open()
        server.send_messages([_message(mail)])
    except Exception as error:
        # Whatever a mail server or a malformed address brings up must not stop the other mails.
        _failed(mail, error)
        # Nobody knows where the conversation stands: the next mail begins a new one.
        _close(server)
        return error, None
    mail.state, mail.sent_at, mail.last_error = OutboxMail.State.SENT, timezone.now(), ""
    mail.save(update_fields=["state", "sent_at", "last_error"])
    return None, server


def _message(mail: OutboxMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender or None,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **mail.headers},
    )
    if "Reply-To" in mail.headers:
        # Django writes this header from the field alone.
        message.reply_to = [mail.headers["Reply-To"]]
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _open():
    server = get_connection(**conf.mail_transport())
    try:
        server.open()
    except Exception as error:
        # Backends raise what they like; for the turn it is one and the same: nobody takes mails now.
        raise NoConnection(f"{type(error).__name__}: {error}") from error
    return server


def _close(server) -> None:
    try:
        if server is not None:
            server.close()
    except Exception as error:
        # The mails are with the server already; a broken farewell must not count against them.
        log.info("the mail server did not say goodbye: %s", type(error).__name__)


def _server_is_gone(error: Exception | None) -> bool:
    """Whether the next mail would wait for the same server in vain; a refused mail or address is no such sign."""
    if isinstance(error, (NoConnection, smtplib.SMTPServerDisconnected)):
        return True
    return isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)


def _failed(mail: OutboxMail, error: Exception) -> None:
    log.warning("mail %s was not taken at try %s: %s", mail.key, mail.attempts, type(error).__name__)
    mail.last_error = f"{type(error).__name__}: {error}"[:300].replace(mail.to, "…")
    mail.due_at = timezone.now() + timedelta(minutes=BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1])
    if mail.attempts > len(BACK_OFF):
        mail.state = OutboxMail.State.FAILED
    mail.save(update_fields=["last_error", "state", "due_at"])


class NotGivenUp(Exception):
    """The mail was sent, or still waits for its next try."""


def send_again(mail: OutboxMail) -> None:
    """Put a mail that was given up back into the queue, with all its tries. Raises `NotGivenUp`.

    It keeps its Message-ID: a server that had taken it after all recognises it.
    """
    given_up = OutboxMail.objects.filter(pk=mail.pk, state=OutboxMail.State.FAILED)
    if not given_up.update(state=OutboxMail.State.WAITING, attempts=0, due_at=timezone.now()):
        raise NotGivenUp(mail)


def oldest_waiting_seconds() -> float:
    """Return for how long (seconds) the oldest mail has been due without a try; 0 when none is."""
    oldest = (
        OutboxMail.objects.filter(state=OutboxMail.State.WAITING, due_at__lte=timezone.now())
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
    return (timezone.now() - oldest).total_seconds() if oldest else 0.0


def erase(*, before: datetime) -> int:
    """Erase mails that were sent or given up and were written before that moment (UTC); return how many."""
    done = OutboxMail.objects.exclude(state=OutboxMail.State.WAITING).filter(created_at__lt=before)
    return done.delete()[0]
