"""Reports of barriers (Feedback-Mechanismus, Directive (EU) 2016/2102 Art. 7 (1) b)."""

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

# Without letters and digits that people mix up on the telephone.
LETTERS = "ABCDEFGHKLMNPRSTUVWXYZ23456789"


def new_reference() -> str:
    """Return a reference that people can dictate and nobody can guess: "B-7K4M-P2XA"."""
    return f"B-{get_random_string(4, LETTERS)}-{get_random_string(4, LETTERS)}"


class BarrierReport(models.Model):
    """Somebody met a barrier. Times in UTC, `due_on` a day in the region."""

    class State(models.TextChoices):
        """How far the answer is."""

        OPEN = "open", _("offen")
        CLOSED = "closed", _("beantwortet")

    reference = models.CharField(_("Kennzeichen"), max_length=20, unique=True, default=new_reference, editable=False)
    page = models.CharField(_("Seite"), max_length=500, blank=True)
    text = models.TextField(_("Was hat gehindert?"))
    email = models.EmailField(_("E-Mail-Adresse für die Antwort"), blank=True)
    created_at = models.DateTimeField(_("eingegangen"), default=timezone.now, editable=False)
    due_on = models.DateField(_("Antwort fällig bis"), editable=False)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.OPEN, db_index=True)
    closed_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True, editable=False)
    note = models.TextField(_("Was wurde getan und geantwortet?"), blank=True)

    class Meta:
        verbose_name = _("Gemeldete Barriere")
        verbose_name_plural = _("Gemeldete Barrieren")
        ordering = ["-state", "due_on", "pk"]

    def __str__(self):
        return self.reference

    @property
    def overdue(self) -> bool:
        """Whether the answer should have been given before today."""
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()
