"""The box: two words and a place."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from regiokit.search.filters import PlaceField

SUGGEST = {"data-suggest": reverse_lazy("site_suggestions")}


class SiteSearchForm(forms.Form):
    """`q` what, `near` where; both may be empty. `near` cleans to a `Place` or None."""

    q = forms.CharField(
        label=_("Was suchen Sie?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", **SUGGEST}),
    )
    near = PlaceField(
        label=_("Ort oder Postleitzahl"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", **SUGGEST}),
    )

    use_required_attribute = False
