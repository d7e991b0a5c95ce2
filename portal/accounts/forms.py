"""Forms of the door."""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.manage_email import sync_user_email_address
from django import forms
from django.utils.translation import gettext_lazy as _

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


class MailCodeForm(_CodeFields, forms.Form):
    """Asks somebody who is signed in for a code from a mail."""

    def say_wrong(self) -> None:
        """Say that the code was not the right one."""
        self.add_error("code", get_adapter().error_messages["incorrect_code"])


class AddressForm(forms.Form):
    """Asks for the new address of an account."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["email"] = _address_field()
        self.fields["email"].label = _("Neue E-Mail-Adresse")

    def clean_email(self) -> str:
        """Refuse the address that the account has already."""
        email = self.cleaned_data["email"].strip().lower()
        if email == self.user.email.lower():
            raise forms.ValidationError(get_adapter().error_messages["same_as_current"])
        return email
