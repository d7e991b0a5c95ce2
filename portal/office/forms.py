"""Forms of the office."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.forms import RedirectForm

from portal.office.domain.redirects import leads_in_a_circle


class RedirectWithGoalForm(RedirectForm):
    """Wagtail's form for a redirect that also asks where it ends."""

    def clean(self):
        """Ask for exactly one goal, and refuse one that leads back."""
        super().clean()
        old_path = self.cleaned_data.get("old_path")
        page, link = self.cleaned_data.get("redirect_page"), self.cleaned_data.get("redirect_link")
        if old_path is None or {"redirect_page", "redirect_link"} & set(self.errors):
            return self.cleaned_data
        if bool(page) == bool(link):
            raise ValidationError(_("Bitte wählen Sie eine Seite oder geben Sie eine Adresse an, nicht beides."))
        if leads_in_a_circle(old_path, page=page, link=link, ours=self.instance.pk):
            raise ValidationError(
                _("Diese Weiterleitung führt im Kreis zu sich selbst zurück. Bitte wählen Sie ein anderes Ziel.")
            )
        return self.cleaned_data
