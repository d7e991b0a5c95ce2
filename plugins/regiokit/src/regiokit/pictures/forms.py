"""The words of a picture, and the file of a new one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from regiokit.pictures.checking import PictureRefused, check_picture
from regiokit.pictures.models import OwnedPicture

ACCEPT = "image/jpeg,image/png,image/webp,image/avif"


class PictureWords(forms.Form):
    """What a picture says to those who do not see it, and who made it. Asks for a decision: text, or decorative."""

    alt = forms.CharField(
        label=_("Was ist zu sehen?"),
        max_length=250,
        required=False,
        help_text=_("Ein Satz für Menschen, die das Bild nicht sehen."),
    )
    decorative = forms.BooleanField(label=_("Das Bild schmückt nur"), required=False)
    credit = forms.CharField(label=_("Wer hat das Bild gemacht?"), max_length=120, required=False)
    # One of the two is needed, so neither is drawn as "freiwillig".
    alt.decision = decorative.decision = True

    def clean(self):
        """Refuse neither and both."""
        cleaned = super().clean()
        alt, decorative = cleaned.get("alt"), cleaned.get("decorative")
        if not self.has_error("alt") and not alt and not decorative:
            self.add_error(
                "alt", _("Bitte beschreiben Sie das Bild in einem Satz, oder kreuzen Sie „schmückt nur“ an.")
            )
        elif alt and decorative:
            self.add_error(
                "decorative", _("Bitte entscheiden Sie: Beschreibung oder „schmückt nur“, beides zusammen geht nicht.")
            )
        return cleaned

    def row(self, picture: int) -> dict:
        """Return what an entry keeps about that picture."""
        return {"picture": picture, "alt": self.cleaned_data["alt"], "credit": self.cleaned_data["credit"]}

    @staticmethod
    def initial_of(row: dict) -> dict:
        """Return the values of the form for what an entry keeps."""
        return {"alt": row["alt"], "decorative": not row["alt"], "credit": row["credit"]}


class NewPicture(PictureWords):
    """A new picture. `kept` is one that was uploaded with a form that came back, so that nobody chooses it twice."""

    file = forms.FileField(
        label=_("Bilddatei"),
        required=False,
        help_text=_("JPEG, PNG, WebP oder AVIF, höchstens 10 Megabyte. Ort und Gerät löschen wir aus der Datei."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    allowed = forms.BooleanField(
        label=_("Wir dürfen das Bild veröffentlichen, und alle Erkennbaren sind einverstanden."),
        error_messages={"required": _("Bitte bestätigen Sie das. Sonst dürfen wir das Bild nicht zeigen.")},
    )
    kept = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ("file", "alt", "decorative", "credit", "allowed", "kept")

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_file(self):
        """Refuse what is no picture before anything opens it."""
        file = self.cleaned_data["file"]
        if file:
            try:
                check_picture(file)
            except PictureRefused as error:
                raise forms.ValidationError(error.message, code=error.code) from error
        return file

    def clean_kept(self):
        """Return the picture of an earlier try, when it belongs to the organisation."""
        key = self.cleaned_data["kept"]
        return OwnedPicture.objects.filter(pk=key, organisation=self.organisation).first() if key else None

    def clean(self):
        """Ask for a file."""
        cleaned = super().clean()
        if not cleaned.get("file") and not cleaned.get("kept") and not self.has_error("file"):
            self.add_error("file", _("Bitte wählen Sie eine Bilddatei."))
        return cleaned
