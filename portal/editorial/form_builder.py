"""Public forms out of editors' fields, with the same guards as every other public form."""

import uuid

from django import forms
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from regiokit.limits import GuardedForm

MAX_TEXT = 4000


class OneSheet(GuardedForm):
    """A form that knows itself again: `key` is drawn with each sheet, so that a second click sends the same one."""

    key = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)


class GuardedFormBuilder(FormBuilder):
    """Builds a form with honeypot and time stamp; texts have an end."""

    def create_multiline_field(self, field, options):
        """Make a text of several lines, up to `MAX_TEXT` characters."""
        return forms.CharField(max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 6}), **options)

    def create_email_field(self, field, options):
        """Make an address that browsers fill in."""
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        return forms.EmailField(max_length=254, widget=widget, **options)

    def create_number_field(self, field, options):
        """Make a number of an everyday size."""
        return forms.DecimalField(max_digits=12, decimal_places=4, **options)

    def create_date_field(self, field, options):
        """Make a date with the browser's own calendar."""
        return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)

    def get_form_class(self):
        """Put the guards before the editor's fields."""
        return type("EditorsForm", (OneSheet, BaseForm), self.formfields)
