"""The form by which somebody asks for a trial day, and the one by which the operator answers."""

import uuid
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coworking import conf
from coworking.domain.hours import LOCAL
from coworking.domain.hours_words import hours_of
from coworking.domain.trial_days import possible_days
from regiokit.limits import GuardedForm
from regiokit.templatetags.regiokit_words import full_day

OTHER = "other"


class DateInput(forms.DateInput):
    """The browser's own date field; without one people type 2026-12-24 or 24.12.2026."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TrialDayForm(GuardedForm):
    """Day, name and e-mail address; the rest is optional."""

    choice = forms.ChoiceField(label=gettext_lazy("Wann möchten Sie kommen?"), widget=forms.RadioSelect)
    other_day = forms.DateField(
        label=gettext_lazy("Anderer Tag"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Nur ausfüllen, wenn Sie oben „ein anderer Tag“ gewählt haben."),
    )
    alternative_day = forms.DateField(
        label=gettext_lazy("Zweiter Wunschtag"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Damit klappt es eher, wenn an Ihrem ersten Tag alles belegt ist."),
    )
    name = forms.CharField(
        label=gettext_lazy("Ihr Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Ihre E-Mail-Adresse"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("An diese Adresse schicken wir einen Link, mit dem Sie die Anfrage bestätigen."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Ihre Telefonnummer"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        help_text=gettext_lazy("Für kurze Rückfragen."),
    )
    message = forms.CharField(
        label=gettext_lazy("Ihre Nachricht"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Zum Beispiel: Was brauchen Sie, wann kommen Sie, wie arbeiten Sie?"),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, space, **kwargs):
        super().__init__(*args, **kwargs)
        self.space = space
        self.days = possible_days(space)
        self.fields["key"].initial = uuid.uuid4()
        suggested = [(day.isoformat(), self._label(day)) for day in self.days[: conf.SUGGESTED_DAYS]]
        self.fields["choice"].choices = [*suggested, (OTHER, _("ein anderer Tag"))]
        if not suggested:
            self.fields["choice"].initial = OTHER
        for name in ("other_day", "alternative_day"):
            if self.days:
                self.fields[name].widget.attrs.update(min=self.days[0].isoformat(), max=self.days[-1].isoformat())

    def _label(self, day: date) -> str:
        return _("%(day)s, %(hours)s") % {"day": full_day(day), "hours": hours_of(self.space, day)}

    def clean_key(self):
        """Return the key of the form; a form without one counts as a new request."""
        return self.cleaned_data.get("key") or uuid.uuid4()

    def clean(self):
        """Work out the wished day and check both days against the opening hours."""
        cleaned = super().clean()
        choice = cleaned.get("choice")
        if choice == OTHER:
            cleaned["day"] = cleaned.get("other_day")
            if not cleaned["day"] and "other_day" not in self.errors:
                self.add_error("other_day", _("Bitte nennen Sie den Tag, an dem Sie kommen möchten."))
        elif choice:
            cleaned["day"] = parse_date(choice)
        if choice == OTHER:
            self._check("other_day", cleaned.get("day"))
        self._check("alternative_day", cleaned.get("alternative_day"))
        return cleaned

    def _check(self, field: str, day: date | None) -> None:
        if day is None or day in self.days:
            return
        if not self.days or not self.days[0] <= day <= self.days[-1]:
            last = timezone.localdate(timezone=LOCAL) + timedelta(days=conf.DAYS_AHEAD)
            message = _("Bitte wählen Sie einen Tag von morgen bis zum %(last)s.") % {
                "last": date_format(last, "j. F Y")
            }
        else:
            message = _("Am %(day)s ist hier geschlossen. Bitte wählen Sie einen anderen Tag.") % {"day": full_day(day)}
        self.add_error(field, message)


class AnswerForm(forms.Form):
    """The operator's answer: which day, a few words, and by which button it was sent."""

    ACCEPT, DECLINE = "accept", "decline"

    day = forms.ChoiceField(label=gettext_lazy("Welcher Tag passt?"), widget=forms.RadioSelect, required=False)
    text = forms.CharField(
        label=gettext_lazy("Nachricht an die Person"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Bei einer Zusage zum Beispiel: wo man klingelt. Bei einer Absage bitte den Grund."),
    )

    def __init__(self, *args, trial_day, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = [day for day in trial_day.wished_days if day >= today]
        if len(self.days) > 1:
            self.fields["day"].choices = [(day.isoformat(), full_day(day)) for day in self.days]
            self.fields["day"].initial = self.days[0].isoformat()
        else:
            del self.fields["day"]

    def clean(self):
        """Ask for a reason when the answer is no, and for a day that is still to come when it is yes."""
        cleaned = super().clean()
        decision = self.data.get("decision")
        if decision not in (self.ACCEPT, self.DECLINE):
            raise forms.ValidationError(_("Bitte wählen Sie „Probetag zusagen“ oder „Absagen“."))
        if decision == self.DECLINE and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Bitte nennen Sie kurz den Grund. Dann weiß die Person, wie es weitergehen kann."))
        if decision == self.ACCEPT and not self.days:
            raise forms.ValidationError(
                _("Die gewünschten Tage sind vorbei. Bitte sagen Sie ab und schlagen Sie einen neuen Tag vor.")
            )
        cleaned["decision"] = decision
        chosen = parse_date(cleaned["day"]) if cleaned.get("day") else None
        cleaned["day"] = chosen or (self.days[0] if self.days else None)
        return cleaned
