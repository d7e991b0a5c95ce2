"""Forms of citizens who ask, and of associations who answer."""

from django import forms
from django.core.validators import ProhibitNullCharactersValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from regiokit.limits import GuardedForm

PHONE = RegexValidator(
    r"^\+?[0-9 ()/.–-]{5,40}$", _("Bitte geben Sie eine Telefonnummer ein, zum Beispiel 02541 123456.")
)
KEY = RegexValidator(r"^[0-9a-f-]{32,36}$")


class EnquiryForm(GuardedForm):
    """A citizen's enquiry. `key` is written into the form when it is shown and makes a second click harmless."""

    name = forms.CharField(label=_("Ihr Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        required=False,
        max_length=254,
        help_text=_("Sie bekommen einen Link zum Bestätigen. Der Verein sieht Ihre Adresse nicht."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Oder Telefonnummer"),
        required=False,
        max_length=40,
        validators=[PHONE],
        help_text=_(
            "Für alle ohne E-Mail: Wir rufen Sie zuerst an und geben Ihre Nummer nur mit Ihrer Zustimmung weiter."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    message = forms.CharField(
        label=_("Ihre Nachricht"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("Ändern Sie den Text, wie Sie möchten."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=36, validators=[KEY])

    def clean(self):
        """Ask for one way to reach the person."""
        cleaned = super().clean()
        if not self.errors.keys() & {"email", "phone"} and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", _("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an."))
        return cleaned


class AnswerForm(forms.Form):
    """An association's answer: a text, and whether it is an acceptance or a refusal."""

    ACCEPT, DECLINE = "accept", "decline"

    kind = forms.ChoiceField(
        label=_("Ihre Antwort"),
        choices=[(ACCEPT, _("Ja, wir freuen uns")), (DECLINE, _("Leider passt es nicht"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Nachricht"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "Bei einer Zusage: Wann und wie lernen Sie sich kennen, wen kann man anrufen? "
            "Bei einer Absage: Schreiben Sie freundlich, warum es nicht passt."
        ),
        validators=[ProhibitNullCharactersValidator()],
    )
