"""The outbox: one row for one mail to one person."""

import re
import uuid
from email.utils import parseaddr

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Codes for signing in are made of capitals and digits. "E-1042" is shorter, names have small letters.
CODE = re.compile(r"(?<![\w-])(?=[A-Z0-9-]{6,})[A-Z0-9]{2,}(?:-[A-Z0-9]+)*(?!\w)")
HIDDEN = "•••"


class OutboxMail(models.Model):
    """A mail that waits, was sent, or was given up after the last try. Times in UTC."""

    class State(models.TextChoices):
        """What became of the mail."""

        WAITING = "waiting", _("wartet")
        SENT = "sent", _("versandt")
        FAILED = "failed", _("aufgegeben")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.EmailField(_("an"), max_length=320, db_index=True)
    sender = models.CharField(_("von"), max_length=320, blank=True)
    subject = models.CharField(_("Betreff"), max_length=255)
    text = models.TextField(_("Text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("Zustand"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    created_at = models.DateTimeField(_("geschrieben"), default=timezone.now)
    due_at = models.DateTimeField(_("fällig"), default=timezone.now)
    sent_at = models.DateTimeField(_("versandt"), null=True, blank=True)
    last_error = models.CharField(_("letzter Fehler"), max_length=300, blank=True)

    class Meta:
        app_label = "regiokit"
        verbose_name = _("E-Mail")
        verbose_name_plural = _("Postausgang")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="regiokit_outbox_due")]

    def __str__(self):
        return self.shown_subject

    @property
    def shown_subject(self) -> str:
        """The subject as staff may see it: codes that stand in it are keys and are hidden."""
        return CODE.sub(HIDDEN, self.subject)

    @property
    def message_id(self) -> str:
        """The same for every try, so that a repeated mail can be recognised (RFC 5322, 3.6.4)."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
        return f"<{self.key}@{domain or 'localhost'}>"
