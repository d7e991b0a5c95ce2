"""The form by which people report a barrier."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regiokit.limits import GuardedForm


def own_path(address: str) -> str:
    """Return the path of an address of this portal, or an empty text for every other: nobody is led elsewhere."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    ours = urlsplit(settings.BASE_URL).netloc
    if parts.netloc not in {"", ours} or parts.scheme not in {"", "http", "https"} or not parts.path.startswith("/"):
        return ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if path.startswith("//") or "\\" in path or not path.isprintable() or len(path) > 500:
        return ""
    return path


class BarrierReportForm(GuardedForm):
    """What hinders, where, and an address for the answer, if somebody wants one."""

    page = forms.CharField(
        label=_("Um welche Seite geht es?"),
        required=False,
        max_length=500,
        help_text=_("Adresse der Seite. Leer lassen, wenn es das ganze Portal betrifft."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("Was hindert Sie?"),
        max_length=4000,
        help_text=_(
            "Zum Beispiel: Der Vorleser liest die Öffnungszeiten nicht vor. Schreiben Sie nichts über Ihre Gesundheit."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        required=False,
        max_length=254,
        help_text=_("Nur wenn Sie eine Antwort möchten."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_page(self):
        """Keep the path of our own pages; refuse foreign addresses."""
        typed = self.cleaned_data["page"]
        path = own_path(typed)
        if typed and not path:
            raise ValidationError(_("Bitte geben Sie eine Adresse dieses Portals an, zum Beispiel /kontakt/."))
        return path
