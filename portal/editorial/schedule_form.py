"""The form of an event in the Wagtail admin: a repetition in plain fields, stored as RRULE and EXDATE texts."""

import re
from calendar import monthrange
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateInput

from portal.editorial.enums import Repeat
from portal.editorial.recurrence import Rule, WrongRule, days_text, parse_days, parse_rule
from portal.editorial.recurrence.rules import MAX_COUNT, MAX_DAY, MAX_INTERVAL, MONTHLY, WEEKLY

WEEKDAYS = (_("Montag"), _("Dienstag"), _("Mittwoch"), _("Donnerstag"), _("Freitag"), _("Samstag"), _("Sonntag"))
YEARS_AHEAD = 10
EARLIEST = date(2000, 1, 1)


class ScheduleForm(WagtailAdminPageForm):
    """Shows the rule as fields and makes the rule of the fields. Date and weekday of a month follow the first day."""

    repeat = forms.ChoiceField(label=_("Wiederholung"), choices=[("", _("einmalig")), *Repeat.choices], required=False)
    repeat_interval = forms.IntegerField(
        label=_("Alle wie viele Wochen oder Monate?"), min_value=1, max_value=MAX_INTERVAL, required=False, initial=1
    )
    repeat_days = forms.TypedMultipleChoiceField(
        label=_("An welchen Tagen?"),
        choices=list(enumerate(WEEKDAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nur bei wöchentlicher Wiederholung. Leer: am Wochentag des ersten Termins."),
    )
    repeat_until = forms.DateField(
        label=_("Bis zu welchem Tag?"), required=False, widget=AdminDateInput, help_text=_("Leer: ohne Ende.")
    )
    repeat_count = forms.IntegerField(
        label=_("Oder wie oft?"),
        min_value=1,
        max_value=MAX_COUNT,
        required=False,
        help_text=_("Anzahl aller Termine, den ersten mitgezählt."),
    )
    repeat_without = forms.CharField(
        label=_("An welchen Tagen fällt der Termin aus?"),
        required=False,
        max_length=500,
        help_text=_("Mit Komma getrennt, zum Beispiel 24.12.2026, 31.12.2026."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {**_as_fields(self.instance), **self.initial}

    def clean_starts_on(self) -> date | None:
        """Refuse a year that only a slip of the finger can mean; far beyond, no clock can count."""
        return _near(self.cleaned_data["starts_on"])

    def clean_ends_on(self) -> date | None:
        """Do the same to the last day."""
        return _near(self.cleaned_data["ends_on"])

    def clean_repeat_without(self) -> str:
        """Return the days as an EXDATE text."""
        words = re.split(r"[,;\s]+", self.cleaned_data["repeat_without"].strip())
        try:
            days = [datetime.strptime(word, "%d.%m.%Y").date() for word in words if word]
        except ValueError as error:
            raise ValidationError(_("Bitte schreiben Sie jeden Tag so: 24.12.2026.")) from error
        return days_text(_near(day) for day in days)

    def clean(self):
        """Put rule and exceptions into the page, so that they are checked and stored with everything else."""
        cleaned = super().clean()
        self.instance.rrule, self.instance.exdates = "", ""
        start = cleaned.get("starts_on")
        if cleaned.get("repeat") and start and not self.errors:
            rule = self._rule(cleaned["repeat"], start)
            if rule:
                self.instance.rrule = str(rule)
                self.instance.exdates = cleaned.get("repeat_without", "")
        return cleaned

    def _rule(self, repeat: str, start: date) -> Rule | None:
        cleaned = self.cleaned_data
        until, count = cleaned.get("repeat_until"), cleaned.get("repeat_count")
        if until and count:
            return self.add_error("repeat_count", _("Bitte geben Sie ein Ende oder eine Anzahl an, nicht beides."))
        if until and not start <= until <= _years_after(start):
            message = _("Das Ende liegt am Tag des ersten Termins oder danach, höchstens zehn Jahre.")
            return self.add_error("repeat_until", message)
        shared = {"interval": cleaned.get("repeat_interval") or 1, "until": until, "count": count}
        if repeat == Repeat.WEEKLY:
            return self._weekly(start, shared)
        if repeat == Repeat.MONTH_DAY:
            if start.day > MAX_DAY:
                message = _(
                    "Diesen Tag gibt es nicht in jedem Monat. Wählen Sie einen Tag bis zum 28. oder einen Wochentag."
                )
                return self.add_error("repeat", message)
            return Rule(freq=MONTHLY, month_day=start.day, **shared)
        return self._by_weekday(repeat, start, shared)

    def _weekly(self, start: date, shared: dict) -> Rule | None:
        days = sorted(set(self.cleaned_data.get("repeat_days") or [start.weekday()]))
        if start.weekday() not in days:
            message = _(
                "Der erste Termin fällt auf einen anderen Wochentag. Kreuzen Sie ihn an oder ändern Sie das Datum."
            )
            return self.add_error("repeat_days", message)
        return Rule(freq=WEEKLY, weekdays=tuple(days), **shared)

    def _by_weekday(self, repeat: str, start: date, shared: dict) -> Rule | None:
        nth, last = (start.day - 1) // 7 + 1, start.day > monthrange(start.year, start.month)[1] - 7
        if repeat == Repeat.LAST_WEEKDAY:
            if not last:
                return self.add_error("repeat", _("Der erste Termin ist nicht der letzte solche Wochentag des Monats."))
            nth = -1
        elif nth > 4:
            message = _("Einen fünften solchen Wochentag gibt es nicht in jedem Monat. Wählen Sie den letzten.")
            return self.add_error("repeat", message)
        return Rule(freq=MONTHLY, nth=nth, weekdays=(start.weekday(),), **shared)


def _as_fields(page) -> dict:
    """Return what the fields show for the texts of a page; nothing for a rule that cannot be read."""
    try:
        rule, without = parse_rule(page.rrule), parse_days(page.exdates)
    except WrongRule:
        return {}
    if rule is None:
        return {}
    if rule.freq == WEEKLY:
        repeat = Repeat.WEEKLY
    elif rule.month_day:
        repeat = Repeat.MONTH_DAY
    else:
        repeat = Repeat.LAST_WEEKDAY if rule.nth < 0 else Repeat.NTH_WEEKDAY
    return {
        "repeat": repeat,
        "repeat_interval": rule.interval,
        "repeat_days": list(rule.weekdays) if rule.freq == WEEKLY else [],
        "repeat_until": rule.until,
        "repeat_count": rule.count,
        "repeat_without": ", ".join(f"{day:%d.%m.%Y}" for day in without),
    }


def _near(day: date | None) -> date | None:
    if day and not EARLIEST <= day <= _years_after(_years_after(timezone.localdate())):
        raise ValidationError(_("Bitte prüfen Sie das Jahr: Termine liegen zwischen 2000 und zwanzig Jahren voraus."))
    return day


def _years_after(start: date) -> date:
    return start.replace(year=start.year + YEARS_AHEAD, day=min(start.day, MAX_DAY))
