"""The page "Wer darf was"."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.office.domain.overview import describe_groups


def rights(request):
    """Explain all groups. The admin lets nobody in who is not on the staff."""
    context = {"groups": describe_groups(), "title": _("Wer darf was")}
    return render(request, "office/rights.html", context)
