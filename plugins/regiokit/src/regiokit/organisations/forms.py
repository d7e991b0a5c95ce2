"""Forms of the pages on which people look after their organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from regiokit.organisations.domain.changing import NewerValues, version
from regiokit.organisations.models import Membership, Organisation

ROLES = [
    (Membership.Role.EDITOR, _("Bearbeitung: bearbeitet die Einträge")),
    (Membership.Role.OWNER, _("Verantwortlich: ändert auch die Organisation und entscheidet, wer mitarbeitet")),
]


class OrganisationForm(forms.ModelForm):
    """An organisation's own data; what is public is decided field by field."""

    MAIN = ("name", "kind", "legal_form", "municipality")
    CONTACT = ("phone", "release_phone", "email", "release_email")
    website = forms.URLField(
        label=_("Internetseite"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
        error_messages={"invalid": _("Bitte geben Sie eine Adresse wie www.verein.example ein.")},
    )

    version = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    MORE = (
        "phone_hours",
        "contact_name",
        "release_contact_name",
        "website",
        "release_website",
        "description",
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "kind",
            "legal_form",
            "municipality",
            "phone",
            "release_phone",
            "email",
            "release_email",
            "phone_hours",
            "contact_name",
            "release_contact_name",
            "website",
            "release_website",
            "description",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        help_texts = {
            "name": _("So, wie Menschen im Ort Sie kennen."),
            "email": _("Leer lassen, wenn Anfragen nur an Ihre eigene Adresse gehen sollen."),
            "phone_hours": _("Zum Beispiel: dienstags 17–19 Uhr."),
            "description": _("Zwei, drei Sätze: Was tun Sie, und für wen?"),
        }
        error_messages = {"name": {"required": _("Bitte geben Sie den Namen Ihrer Organisation ein.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].empty_label = _("Bitte wählen")
        self.fields["municipality"].error_messages["required"] = _("Bitte wählen Sie den Ort, an dem Sie tätig sind.")

        if self.instance.pk:
            self.fields["version"].initial = version(self.instance)

    @property
    def values(self) -> dict:
        """The cleaned values of the model's fields."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def show_newer(self, error: NewerValues) -> None:
        """Say that somebody else was quicker; what was typed stays, and saving once more makes it valid."""
        labels = [str(field.label) for name, field in self.fields.items() if name in error.differing]
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version(error.stored)
        message = _(
            "Inzwischen hat jemand anderes diese Organisation geändert. Anders als hier steht dort jetzt: %(labels)s. "
            "Prüfen Sie Ihre Angaben. Wenn Sie noch einmal speichern, gelten sie."
        )
        self.add_error(None, message % {"labels": ", ".join(labels)})

    @property
    def groups(self) -> dict:
        """The bound fields by group, in the order of the page."""
        return {name: [self[field] for field in getattr(self, name.upper())] for name in ("main", "contact", "more")}

    @property
    def more_is_needed(self) -> bool:
        """Whether the folded group holds something that must be seen."""
        return any(self[field].errors for field in self.MORE)


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        help_text=_("Die Einladung gilt nur für diese Adresse und zwei Wochen lang."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Bitte geben Sie die E-Mail-Adresse der Person ein."),
            "invalid": _("Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel anna@verein.example."),
        },
    )
    role = forms.ChoiceField(
        label=_("Rolle"),
        choices=ROLES,
        initial=Membership.Role.EDITOR,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine Rolle.")},
    )


class SuccessorForm(forms.Form):
    """Who is responsible after the last owner has left."""

    successor = forms.ModelChoiceField(
        label=_("Wer übernimmt die Verantwortung?"),
        queryset=Membership.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Bitte wählen Sie, wer die Verantwortung übernimmt."),
            "invalid_choice": _(
                "Diese Person handelt nicht mehr für die Organisation. Bitte wählen Sie jemand anderes."
            ),
        },
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = members
        self.fields["successor"].label_from_instance = lambda membership: str(membership.user)
