"""Forms of the door and of an organisation's own data."""

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.manage_email import sync_user_email_address
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.domain.organisation import NewerValues, version
from regiokit.organisations.models import Organisation

ADDRESS = {
    "required": _("Bitte geben Sie Ihre E-Mail-Adresse ein."),
    "invalid": _("Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel vorstand@verein.example."),
}


def _address_field() -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(label=_("E-Mail-Adresse"), max_length=254, error_messages=ADDRESS, widget=widget)


class LoginForm(allauth_forms.LoginForm):
    """Asks for the address that a code is sent to."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = _address_field()

    def clean(self):
        """Find the person by the address in use now, not by one that an account had in earlier times."""
        cleaned = super().clean()
        if self.user and self.user.email.lower() != cleaned["login"].lower():
            self.user = None
        if self.user:
            # Accounts that a command or an administrator made have no confirmed address yet; the code confirms it.
            sync_user_email_address(self.user)
        return cleaned


class SignupForm(allauth_forms.SignupForm):
    """Asks for nothing but an address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = _address_field()


class _CodeFields:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code aus der E-Mail"),
            max_length=20,
            error_messages={"required": _("Bitte geben Sie den Code aus der E-Mail ein.")},
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        )


class LoginCodeForm(_CodeFields, allauth_forms.ConfirmLoginCodeForm):
    """Asks for the code of a sign-in."""


class SignupCodeForm(_CodeFields, allauth_forms.ConfirmEmailVerificationCodeForm):
    """Asks for the code that confirms a new account's address."""


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
