"""Views of the Wagtail admin that ask staff first: the check of an organisation, and its deletion."""

from django import forms
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from regiokit.organisations.domain import in_use, unverify_organisation, verify_organisation
from regiokit.organisations.models import VerificationDecision

Ground = VerificationDecision.Ground
REASON = forms.Textarea(attrs={"rows": 4})


class VerifyForm(forms.Form):
    """On what ground staff checked the organisation."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Woran haben Sie geprüft?"),
        choices=[("", gettext_lazy("Bitte wählen")), *Ground.choices],
        error_messages={"required": gettext_lazy("Bitte wählen Sie, woran Sie geprüft haben.")},
    )
    register_number = forms.CharField(
        label=gettext_lazy("Registernummer"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Zum Beispiel „VR 1234, Amtsgericht Musterstadt“. Hilft auch, Dubletten zu finden."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Bemerkung"),
        required=False,
        max_length=1000,
        widget=REASON,
        help_text=gettext_lazy("Nur für die Verwaltung: Was haben Sie gesehen, mit wem gesprochen?"),
    )

    def clean(self):
        """Ask for what the chosen ground needs."""
        cleaned = super().clean()
        if cleaned.get("ground") == Ground.REGISTER and not cleaned.get("register_number"):
            self.add_error("register_number", _("Bitte geben Sie die Nummer an, unter der Sie den Eintrag fanden."))
        if cleaned.get("ground") == Ground.OTHER and not cleaned.get("reason"):
            self.add_error("reason", _("Bitte schreiben Sie, woran Sie geprüft haben."))
        return cleaned


class ReasonForm(forms.Form):
    """Why; the people concerned read it."""

    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        max_length=1000,
        widget=REASON,
        help_text=gettext_lazy("Die Betroffenen lesen diesen Text in einer E-Mail."),
        error_messages={"required": gettext_lazy("Bitte nennen Sie den Grund.")},
    )


class AskingView(BaseObjectMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Asks first and acts by POST."""

    permission_required = "change"
    template_name = "regiokit/admin/question.html"
    header_icon = "group"
    edit_url_name = question = ""
    form_class = forms.Form

    @cached_property
    def edit_url(self):
        """The address of the organisation in the admin."""
        return reverse(self.edit_url_name, args=[self.object.pk])

    def get_page_subtitle(self):
        """Name the organisation."""
        return str(self.object)

    def get_breadcrumbs_items(self):
        """Lead back to the organisation, and say where one is."""
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), {"url": self.edit_url, "label": str(self.object)}, here]

    def form_valid(self, form):
        """Do it and lead back."""
        self.act(form.cleaned_data)
        messages.success(self.request, self.done % {"name": self.object})
        return HttpResponseRedirect(self.edit_url)


class VerifyView(AskingView):
    """Notes that the organisation was checked."""

    form_class = VerifyForm
    page_title = gettext_lazy("Als geprüft vermerken")
    question = gettext_lazy(
        "Haben Sie geprüft, dass es diese Organisation gibt und dass ihre Angaben stimmen? Alle sehen dann den Vermerk „geprüft“."
    )
    done = gettext_lazy("„%(name)s“ ist als geprüft vermerkt.")

    def act(self, values):
        """Call the verb."""
        verify_organisation(self.object, by=self.request.user, **values)


class UnverifyView(AskingView):
    """Takes the note back."""

    form_class = ReasonForm
    page_title = gettext_lazy("Prüfung zurücknehmen")
    question = gettext_lazy("Der Vermerk „geprüft“ verschwindet von allen Seiten. Die Einträge bleiben öffentlich.")
    done = gettext_lazy("Der Vermerk bei „%(name)s“ ist zurückgenommen.")

    def act(self, values):
        """Call the verb."""
        unverify_organisation(self.object, by=self.request.user, reason=values["reason"])


class OrganisationDeleteView(DeleteView):
    """Deletes only organisations that nothing belongs to."""

    def dispatch(self, request, *args, **kwargs):
        """Lead back when something belongs to the organisation; whoever may not delete is refused first."""
        if self.user_has_permission(self.permission_required) and in_use(self.object):
            text = _("Zu „%(name)s“ gehören noch Einträge oder Vorgänge. Löschen Sie diese zuerst.")
            messages.error(request, text % {"name": self.object})
            return HttpResponseRedirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)
