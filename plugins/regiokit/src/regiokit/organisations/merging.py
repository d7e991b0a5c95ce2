"""Views of the Wagtail admin by which staff find organisations that were entered twice and make them one."""

from django import forms
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from regiokit.organisations.checking import AskingView
from regiokit.organisations.domain.duplicates import suggestions
from regiokit.organisations.domain.merging import CannotMerge, SomethingChanged, merge_organisations, preview
from regiokit.organisations.models import Organisation

SHOWN = 60
"""So many suggestions stand on the page; the others follow when these are done."""


class DuplicatesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Lists likely duplicates, those with most reasons first."""

    permission_required = "change"
    template_name = "regiokit/admin/duplicates.html"
    header_icon = "group"
    page_title = gettext_lazy("Mögliche Dubletten")
    merge_url_name = index_url_name = ""

    def get_breadcrumbs_items(self):
        """Lead back to the list of organisations, and say where one is."""
        back = {"url": reverse(self.index_url_name), "label": _("Organisationen")}
        return [*super().get_breadcrumbs_items(), back, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the suggestions."""
        found = suggestions()
        return super().get_context_data(**kwargs) | {"pairs": found[:SHOWN], "number": len(found)}


class MergeForm(forms.Form):
    """The other organisation, and the version of both that the preview showed."""

    other = forms.ModelChoiceField(
        label=gettext_lazy("Welche ist doppelt?"),
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("Bitte wählen"),
        help_text=gettext_lazy("Diese Organisation geht in der oben genannten auf und verschwindet danach."),
        error_messages={"required": gettext_lazy("Bitte wählen Sie die doppelte Organisation.")},
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, kept, **kwargs):
        super().__init__(*args, **kwargs)
        others = Organisation.objects.exclude(pk=kept.pk).select_related("municipality").defer("municipality__outline")
        self.fields["other"].queryset = others
        self.fields["other"].label_from_instance = lambda found: f"{found.name}, {found.municipality} (Nr. {found.pk})"


class MergeView(AskingView):
    """First shows what a merge will do, then does exactly that or shows what changed."""

    form_class = MergeForm
    template_name = "regiokit/admin/merge.html"
    page_title = gettext_lazy("Dublette zusammenführen")

    @cached_property
    def preview(self):
        """What the chosen merge would do now, or None when nothing (or nothing possible) is chosen."""
        number = self.request.POST.get("other") or self.request.GET.get("other") or ""
        other = Organisation.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
        return preview(self.object, other) if other and other != self.object else None

    def get_form_kwargs(self):
        """Begin with what the address names."""
        return super().get_form_kwargs() | {"kept": self.object}

    def get_initial(self):
        """Fill in the organisation that the address names."""
        return {"other": self.request.GET.get("other")}

    def get_context_data(self, **kwargs):
        """Add the preview."""
        return super().get_context_data(**kwargs) | {"preview": self.preview}

    def form_valid(self, form):
        """Merge when exactly this was confirmed; else show the preview."""
        if not form.cleaned_data["seen"] or self.preview is None:
            return self.render_to_response(self.get_context_data(form=form))
        other = form.cleaned_data["other"]
        try:
            merge_organisations(self.object, other, by=self.request.user, seen=form.cleaned_data["seen"])
        except SomethingChanged:
            form.add_error(
                None,
                _(
                    "Inzwischen hat jemand eine der beiden Organisationen geändert. Prüfen Sie die Vorschau noch einmal."
                ),
            )
        except CannotMerge as error:
            form.add_error(None, str(error))
        else:
            text = _("„%(other)s“ ist in „%(name)s“ aufgegangen.")
            messages.success(self.request, text % {"other": other, "name": self.object})
            return HttpResponseRedirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return self.form_invalid(form)
