"""Views of the Wagtail admin about the people of an organisation: claims, people whom no mail reaches, handing over."""

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from regiokit.limits import TooMany
from regiokit.organisations.checking import AskingView, ReasonForm
from regiokit.organisations.domain import invitations, ownership, without_owner
from regiokit.organisations.models import Membership


class HandOverForm(forms.Form):
    """Who shall become responsible."""

    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Bitte geben Sie die E-Mail-Adresse der Person ein."),
            "invalid": gettext_lazy("Bitte geben Sie eine vollständige E-Mail-Adresse ein."),
        },
        help_text=gettext_lazy("Die Person bekommt eine Einladung und ist verantwortlich, sobald sie annimmt."),
    )


class PeopleView(AskingView):
    """Shows who acts for the organisation and what waits; hands it over to a new person by e-mail."""

    form_class = HandOverForm
    template_name = "regiokit/admin/people.html"
    page_title = gettext_lazy("Menschen")

    def get_context_data(self, **kwargs):
        """Add the members and the open invitations."""
        organisation = self.object
        return super().get_context_data(**kwargs) | {
            "members": list(organisation.memberships.select_related("user").order_by("-role", "created_at", "pk")),
            "invitations": list(invitations.waiting(organisation)),
            "history": list(organisation.verifications.select_related("by")),
            "without_owner": without_owner().filter(pk=organisation.pk).exists(),
        }

    def form_valid(self, form):
        """Invite the person to become responsible."""
        email, owner = form.cleaned_data["email"], Membership.Role.OWNER
        try:
            invitations.invite(self.object, email=email, role=owner, by=self.request.user, as_staff=True)
        except invitations.AlreadyMember:
            form.add_error(
                "email", _("Diese Person gehört schon dazu. Ihre Rolle ändern Sie im Formular der Organisation.")
            )
            return self.form_invalid(form)
        except TooMany:
            form.add_error(None, _("Heute wurden schon sehr viele Einladungen verschickt. Morgen geht es wieder."))
            return self.form_invalid(form)
        messages.success(self.request, _("Die Einladung ist unterwegs."))
        return HttpResponseRedirect(self.request.path)


class MemberView(AskingView):
    """A question about one member; nothing happens twice."""

    @cached_property
    def membership(self):
        """The member that the address names."""
        return get_object_or_404(self.object.memberships.select_related("user"), pk=self.kwargs["member"])

    def get_page_subtitle(self):
        """Name person and organisation."""
        return f"{self.membership.user} – {self.object}"

    @cached_property
    def edit_url(self):
        """The address of the page that this one belongs to."""
        return reverse(self.edit_url_name.replace(":edit", ":people"), args=[self.object.pk])

    def form_valid(self, form):
        """Do it and lead back."""
        done = self.done % {"person": self.membership.user}
        self.act(form.cleaned_data)
        messages.success(self.request, done)
        return HttpResponseRedirect(self.edit_url)


class ApproveClaimView(MemberView):
    """Makes an editor responsible who offered it."""

    page_title = gettext_lazy("Übernahme zustimmen")
    question = gettext_lazy("Die Person ist danach für die Organisation verantwortlich und bekommt eine E-Mail.")
    done = gettext_lazy("%(person)s ist jetzt verantwortlich.")

    def act(self, values):
        """Call the verb."""
        ownership.approve_claim(self.membership, by=self.request.user)


class RefuseClaimView(MemberView):
    """Says no to an editor who offered to take over."""

    form_class = ReasonForm
    page_title = gettext_lazy("Übernahme ablehnen")
    question = gettext_lazy("Die Person bearbeitet weiter Einträge. Sie bekommt eine E-Mail mit Ihrem Grund.")
    done = gettext_lazy("Das Angebot von %(person)s ist abgelehnt.")

    def act(self, values):
        """Call the verb."""
        ownership.refuse_claim(self.membership, by=self.request.user, reason=values["reason"])


class UnreachableView(MemberView):
    """Ends the membership of somebody whom no mail reaches any more."""

    page_title = gettext_lazy("Nicht mehr erreichbar")
    question = gettext_lazy(
        "Die Mitgliedschaft endet. Ist danach niemand mehr verantwortlich, fragen wir die anderen Mitglieder per E-Mail, wer "
        "übernimmt. Die Einträge bleiben."
    )
    done = gettext_lazy("Die Mitgliedschaft von %(person)s ist beendet.")

    def act(self, values):
        """Call the verb."""
        ownership.note_unreachable(self.membership, by=self.request.user)
