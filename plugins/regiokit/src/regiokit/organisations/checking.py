"""Views of the Wagtail admin by which staff note that they have checked an organisation, or delete it."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from regiokit.organisations.domain import in_use, unverify_organisation, verify_organisation

VERIFIED, UNVERIFIED = "regiokit.verify_organisation", "regiokit.unverify_organisation"
"""Names of what happened, in Wagtail's history."""


class CheckingView(BaseObjectMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asks first and acts by POST; `_own_name` is the name of its address."""

    permission_required = "change"
    template_name = "regiokit/admin/verify.html"
    header_icon = "group"
    edit_url_name = own_url_name = ""

    @cached_property
    def edit_url(self):
        """The address of the organisation in the admin."""
        return reverse(self.edit_url_name, args=[self.object.pk])

    @cached_property
    def own_url(self):
        """The address of this question."""
        return reverse(self.own_url_name, args=[self.object.pk])

    def get_page_subtitle(self):
        """Name the organisation."""
        return str(self.object)

    def post(self, request, *args, **kwargs):
        """Do it, keep it in the history, and lead back."""
        self.act()
        messages.success(request, self.done % {"name": self.object})
        return HttpResponseRedirect(self.edit_url)


class VerifyView(CheckingView):
    """Notes that the organisation was checked."""

    page_title = gettext_lazy("Als geprüft vermerken")
    question = gettext_lazy(
        "Haben Sie geprüft, dass es diese Organisation gibt und dass ihre Angaben stimmen? Alle sehen dann den Vermerk „geprüft“."
    )
    done = gettext_lazy("„%(name)s“ ist als geprüft vermerkt.")

    def act(self):
        """Call the verb."""
        verify_organisation(self.object, by=self.request.user)
        log(instance=self.object, action=VERIFIED)


class UnverifyView(CheckingView):
    """Takes the note back."""

    page_title = gettext_lazy("Prüfung zurücknehmen")
    question = gettext_lazy("Der Vermerk „geprüft“ verschwindet von allen Seiten. Die Einträge bleiben öffentlich.")
    done = gettext_lazy("Der Vermerk bei „%(name)s“ ist zurückgenommen.")

    def act(self):
        """Call the verb."""
        unverify_organisation(self.object)
        log(instance=self.object, action=UNVERIFIED)


class OrganisationDeleteView(DeleteView):
    """Deletes only organisations that nothing belongs to."""

    def dispatch(self, request, *args, **kwargs):
        """Lead back when something belongs to the organisation; whoever may not delete is refused first."""
        if self.user_has_permission(self.permission_required) and in_use(self.object):
            text = _("Zu „%(name)s“ gehören noch Einträge oder Vorgänge. Löschen Sie diese zuerst.")
            messages.error(request, text % {"name": self.object})
            return HttpResponseRedirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)
