"""The box: two words and a place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from regiokit.search.filters import PlaceField


class SiteSearchForm(forms.Form):
    """`q` what, `near` where; both may be empty. `near` cleans to a `Place` or None."""

    q = forms.CharField(
        label=_("Was suchen Sie?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    near = PlaceField(
        label=_("Ort oder Postleitzahl"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )

    use_required_attribute = False
