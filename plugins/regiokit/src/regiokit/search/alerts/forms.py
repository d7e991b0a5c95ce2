"""The forms of a saved search: sign up, and how often."""

from django import forms
from django.utils.translation import gettext_lazy as _

from regiokit.limits import GuardedForm
from regiokit.search.alerts.models import Rhythm

RHYTHMS = [
    (Rhythm.AT_ONCE, _("Sofort, wenn etwas Neues da ist")),
    (Rhythm.DAILY, _("Höchstens einmal am Tag, morgens")),
    (Rhythm.WEEKLY, _("Höchstens einmal in der Woche, montags")),
]


class RhythmForm(forms.Form):
    """How often mails are wanted."""

    rhythm = forms.ChoiceField(label=_("Wie oft?"), choices=RHYTHMS, widget=forms.RadioSelect)


class SignUpForm(RhythmForm, GuardedForm):
    """To which address, and how often."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        help_text=_("Sie bekommen zuerst einen Link zum Bestätigen. Wir geben die Adresse nicht weiter."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    field_order = ("email", "rhythm")
