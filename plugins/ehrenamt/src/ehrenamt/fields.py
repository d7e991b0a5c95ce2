"""Model fields of the plugin."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceListField(models.JSONField):
    """A list of values of an enumeration, each once, in the enumeration's order; kept in the row, so that every

    revision holds it. `values` is the `TextChoices` class, `most` how many values may be chosen.
    """

    def __init__(self, *args, values=None, most=None, **kwargs):
        self.values, self.most = values, most
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        """Refuse anything that is not a list of known values."""
        super().validate(value, model_instance)
        if self.values and (not isinstance(value, list) or not {*map(str, value)} <= {*self.values.values}):
            raise ValidationError(_("Bitte wählen Sie aus der Liste."))

    def formfield(self, **kwargs):
        """Offer the values as checkboxes."""
        return ChoiceListFormField(
            choices=self.values.choices if self.values else [],
            most=self.most,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            widget=forms.CheckboxSelectMultiple,
        )


class ChoiceListFormField(forms.MultipleChoiceField):
    """Checkboxes of which at most `most` may be ticked."""

    def __init__(self, *, most=None, **kwargs):
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value):
        """Return the ticked values in the order of the list."""
        chosen = super().clean(value)
        if self.most and len(chosen) > self.most:
            raise ValidationError(_("Bitte wählen Sie höchstens %(most)s aus.") % {"most": self.most})
        return [key for key, _label in self.choices if key in chosen]

    def has_changed(self, initial, data):
        """Compare as sets: the order of checkboxes says nothing."""
        return {*map(str, initial or [])} != {*map(str, data or [])}
