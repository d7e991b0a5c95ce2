"""The page in the Wagtail admin on which staff finds people without e-mail who wait for a call."""

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from ehrenamt.domain import enquiries
from ehrenamt.enums import EnquiryState
from ehrenamt.models import Enquiry


class CallForm(forms.Form):
    """What became of a call."""

    HAND_OVER, CLOSE = "hand_over", "close"

    enquiry = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(HAND_OVER, ""), (CLOSE, "")])
    note = forms.CharField(
        label=gettext_lazy("Notiz"), required=False, max_length=900, widget=forms.Textarea(attrs={"rows": 2})
    )


@permission_required("ehrenamt.change_enquiry")
@require_http_methods(["GET", "HEAD", "POST"])
def calls(request):
    """List who waits for a call, oldest first; POST hands one over to the association or settles it."""
    if request.method == "POST":
        form = CallForm(request.POST)
        if form.is_valid():
            _decide(request, **form.cleaned_data)
        else:
            messages.error(request, _("Das hat nicht geklappt. Die Notiz darf höchstens 900 Zeichen lang sein."))
        return HttpResponseRedirect(reverse("ehrenamt_calls"))
    waiting = Enquiry.objects.filter(state=EnquiryState.PHONE).select_related("organisation", "offer")
    answered = Enquiry.objects.filter(
        email="", handed_over=True, state__in=[EnquiryState.ANSWERED, EnquiryState.DECLINED]
    ).select_related("organisation")
    rows = [(enquiry, CallForm(auto_id=f"id_{enquiry.pk}_%s")) for enquiry in waiting.order_by("created_at")]
    return render(
        request, "ehrenamt/admin/calls.html", {"rows": rows, "answered": answered.order_by("-answered_at")[:20]}
    )


def _decide(request, *, enquiry: int, decision: str, note: str) -> None:
    found = get_object_or_404(Enquiry, pk=enquiry)
    try:
        if decision == CallForm.HAND_OVER:
            enquiries.hand_over_enquiry(found, by=request.user, note=note)
            messages.success(request, _("%(number)s ist an den Verein weitergegeben.") % {"number": found.reference})
        else:
            enquiries.close_telephone_enquiry(found, by=request.user, note=note)
            messages.success(request, _("%(number)s ist erledigt.") % {"number": found.reference})
    except enquiries.WrongState as error:
        messages.warning(
            request,
            _("%(number)s hat inzwischen schon jemand bearbeitet: %(state)s.")
            % {"number": found.reference, "state": error.enquiry.get_state_display()},
        )
