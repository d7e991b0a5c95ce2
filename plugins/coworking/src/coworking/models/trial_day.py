"""A person's wish to work in a space for one day, free of charge and without an account."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coworking.enums import TrialDayState
from coworking.models.space import Space

FIRST_NUMBER = 1000


class TrialDay(models.Model):
    """One request. Moments in UTC, days as local dates.

    unconfirmed -> requested -> accepted | declined | lapsed; the person may withdraw until the day is over.
    `key` comes from the form and makes a second click find the first request.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="trial_days", verbose_name=_("Arbeitsort"))
    key = models.UUIDField(unique=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    day = models.DateField(_("gewünschter Tag"))
    alternative_day = models.DateField(_("zweiter Wunschtag"), null=True, blank=True)
    accepted_day = models.DateField(_("zugesagter Tag"), null=True, blank=True)
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-Mail-Adresse"), max_length=254)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    message = models.TextField(_("Nachricht"), blank=True, max_length=1500)
    state = models.CharField(
        _("Stand"), max_length=12, choices=TrialDayState.choices, default=TrialDayState.UNCONFIRMED
    )
    asked_at = models.DateTimeField(_("abgesendet"), default=timezone.now)
    requested_at = models.DateTimeField(_("bestätigt"), null=True, blank=True)
    respond_by = models.DateTimeField(_("Antwort bis"), null=True, blank=True)
    decided_at = models.DateTimeField(_("entschieden"), null=True, blank=True)
    decision = models.TextField(_("Antwort"), blank=True, max_length=1500)

    class Meta:
        verbose_name = _("Probetag")
        verbose_name_plural = _("Probetage")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "respond_by"], name="coworking_trial_due")]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """The reference that people can say on the telephone: "P-1042"."""
        return f"P-{FIRST_NUMBER + self.pk}" if self.pk else ""

    @property
    def wished_days(self) -> list:
        """The wished days, first choice first."""
        return [day for day in (self.day, self.alternative_day) if day]

    @property
    def final_day(self):
        """The day that counts: the accepted one, else the first choice."""
        return self.accepted_day or self.day
