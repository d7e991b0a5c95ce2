"""Views of the admin: the page "Wer darf was", and Wagtail's forms for redirects with our form."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.views import CreateView, EditView

from portal.office.domain.overview import describe_groups
from portal.office.forms import RedirectWithGoalForm


def rights(request):
    """Explain all groups. The admin lets nobody in who is not on the staff."""
    context = {"groups": describe_groups(), "title": _("Wer darf was")}
    return render(request, "office/rights.html", context)


class RedirectCreateView(CreateView):
    """A new redirect."""

    form_class = RedirectWithGoalForm


class RedirectEditView(EditView):
    """A redirect that is there."""

    form_class = RedirectWithGoalForm
