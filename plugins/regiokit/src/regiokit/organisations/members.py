"""The admin's form of an organisation: its fields, and the people who act for it by their e-mail addresses."""

import hashlib

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from regiokit.organisations.domain import set_members
from regiokit.organisations.domain.changing import version
from regiokit.organisations.models import Membership

NEWER = gettext_lazy(
    "Inzwischen hat jemand anderes diese Organisation geändert. Öffnen Sie sie in einem zweiten Fenster und vergleichen Sie. "
    "Wenn Sie noch einmal speichern, gelten Ihre Angaben."
)
ROLES = {"owners": Membership.Role.OWNER, "editors": Membership.Role.EDITOR}


class MembersField(forms.CharField):
    """E-mail addresses of people who have an account, one a line; cleans to a list of users."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=4000,
            help_text=gettext_lazy("Eine E-Mail-Adresse je Zeile. Die Person muss sich schon einmal angemeldet haben."),
            **kwargs,
        )

    def clean(self, value):
        """Return the users of the addresses. Raises `ValidationError` for the first address without exactly one account."""
        return [_user(address) for address in dict.fromkeys(super().clean(value).lower().split())]


def _user(address: str):
    found = list(get_user_model()._default_manager.filter(email__iexact=address, is_active=True)[:2])
    if not found:
        raise ValidationError(
            _("Zu „%s“ gibt es kein Konto. Die Person meldet sich zuerst einmal selbst an.") % address
        )
    if len(found) > 1:
        raise ValidationError(_("Zu „%s“ gibt es mehrere Konten.") % address)
    return found[0]


class OrganisationForm(WagtailAdminModelForm):
    """All fields of an organisation and its members."""

    owners = MembersField(label=gettext_lazy("Verantwortlich"))
    editors = MembersField(label=gettext_lazy("Bearbeitung"))
    version = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = list(self.instance.memberships.select_related("user")) if self.instance.pk else []
        for name, role in ROLES.items():
            addresses = [member.user.email for member in self.members if member.role == role and member.user.email]
            self.fields[name].initial = "\n".join(addresses)
        if self.instance.pk:
            self.fields["version"].initial = self._version()

    def clean(self):
        """Refuse somebody who is named in both roles, and what would overwrite a newer version unseen."""
        cleaned = super().clean()
        # At this moment the instance holds what is stored, not yet what was typed.
        stored = self._version() if self.instance.pk else ""
        if cleaned.get("version") and cleaned["version"] != stored:
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = stored
            self.add_error(None, NEWER)
        if set(cleaned.get("owners") or ()) & set(cleaned.get("editors") or ()):
            self.add_error("editors", _("Bitte nennen Sie jede Person nur einmal."))
        return cleaned

    def _version(self) -> str:
        people = sorted((member.user_id, member.role) for member in self.members)
        return hashlib.sha256(f"{version(self.instance)} {people}".encode()).hexdigest()[:32]

    def save(self, commit=True):
        """Save the organisation, and its members when the addresses were changed."""
        organisation = super().save(commit=commit)
        if commit and {*ROLES} & {*self.changed_data}:
            # Whoever cannot be named here, for want of an address, stays.
            roles = {member.user: member.role for member in self.members if not member.user.email}
            set_members(
                organisation,
                roles=roles | {user: ROLES[name] for name in ROLES for user in self.cleaned_data[name]},
                by=self.for_user,
            )
        return organisation
