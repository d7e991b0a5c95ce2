"""The invitation of a colleague. The secret of its link is never stored, only its hash."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regiokit.organisations.models.organisation import Membership, Organisation

LIFETIME = timedelta(days=14)


def two_weeks_from_now():
    """Return when an invitation that is sent now runs out."""
    return timezone.now() + LIFETIME


class Invitation(models.Model):
    """That somebody with this address may join in this role: once, until it runs out, and only with that address."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-Mail-Adresse"), max_length=254)
    role = models.CharField(_("Rolle"), max_length=10, choices=Membership.Role.choices, default=Membership.Role.EDITOR)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("eingeladen"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("zuletzt gesendet"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("gilt bis"), default=two_weeks_from_now, editable=False)
    accepted_at = models.DateTimeField(_("angenommen"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("zurückgezogen"), null=True, blank=True, editable=False)

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="regiokit_one_open_invitation",
            )
        ]

    def __str__(self):
        return f"{self.email} – {self.organisation}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
