"""The enquiry (Anfrage) of a citizen about an offer."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ehrenamt.enums import EnquiryState

FIRST_NUMBER = 1000


class Enquiry(models.Model):
    """Somebody is interested. Needs an e-mail address or a telephone number. Times in UTC.

    The association sees neither, except the number after staff has handed the enquiry over. Keeps the offer's title
    and organisation, so that it can be answered after the offer is gone.
    """

    offer = models.ForeignKey("ehrenamt.Offer", null=True, on_delete=models.SET_NULL, related_name="enquiries")
    offer_title = models.CharField(_("Angebot"), max_length=80)
    organisation = models.ForeignKey("regiokit.Organisation", on_delete=models.CASCADE, related_name="enquiries")
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-Mail"), blank=True, max_length=254)
    phone = models.CharField(_("Telefon"), blank=True, max_length=40)
    message = models.TextField(_("Nachricht"), max_length=2000)
    state = models.CharField(
        _("Zustand"), max_length=12, choices=EnquiryState.choices, default=EnquiryState.UNCONFIRMED
    )
    key = models.CharField(max_length=36, unique=True, editable=False)
    created_at = models.DateTimeField(_("eingegangen"), default=timezone.now)
    changed_at = models.DateTimeField(_("letzte Änderung"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("an den Verein gegangen"), null=True, blank=True)
    handed_over = models.BooleanField(_("von der Beratung weitergegeben"), default=False)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)
    answer = models.TextField(_("Antwort"), blank=True, max_length=4000)
    answered_by = models.CharField(_("beantwortet von"), blank=True, max_length=254)
    staff_note = models.TextField(_("Notiz der Beratung"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("Anfrage")
        verbose_name_plural = _("Anfragen")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="ehrenamt_enquiry_waiting"),
            models.Index(fields=["state", "changed_at"], name="ehrenamt_enquiry_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(email="") | ~models.Q(phone=""), name="ehrenamt_enquiry_can_be_reached"
            )
        ]

    def __str__(self):
        return self.reference

    @property
    def reference(self) -> str:
        """The number that a person can say on the telephone: "E-1042"."""
        return f"E-{FIRST_NUMBER + self.pk}"

    @property
    def shown_phone(self) -> str:
        """The number as the association may see it: only after staff has spoken with the person."""
        return self.phone if self.handed_over else ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.state in (EnquiryState.UNCONFIRMED, EnquiryState.PHONE, EnquiryState.WAITING)

    @property
    def has_answer(self) -> bool:
        """Whether the association has answered or declined."""
        return self.state in (EnquiryState.ANSWERED, EnquiryState.DECLINED)
