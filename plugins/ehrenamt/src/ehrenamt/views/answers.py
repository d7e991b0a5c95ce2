"""An association answers an enquiry: from the link in the mail, or signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ehrenamt import conf
from ehrenamt.domain import enquiries, letters
from ehrenamt.enums import EnquiryState
from ehrenamt.forms import AnswerForm
from ehrenamt.models import Enquiry
from ehrenamt.views.private import with_enquiry
from regiokit.organisations.domain import of_member
from regiokit.organisations.models import Organisation
from regiokit.pages import private_page


@with_enquiry(letters.ANSWER, conf.ANSWER_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_answer(request, enquiry):
    """Answer from the mail, without signing in."""
    return _answer(request, enquiry, by=_("über den Link aus der E-Mail"))


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_enquiry(request, pk):
    """Answer as a signed-in member. Enquiries to other organisations do not exist here, nor those nobody confirmed."""
    reached = Enquiry.objects.filter(
        organisation__in=of_member(request.user, kind=Organisation.Kind.ASSOCIATION), confirmed_at__isnull=False
    )
    enquiry = get_object_or_404(reached.select_related("organisation", "offer"), pk=pk)
    return _answer(request, enquiry, by=str(request.user))


def _answer(request, enquiry, *, by: str):
    form = AnswerForm(request.POST or None, initial={"kind": AnswerForm.ACCEPT})
    overtaken = False
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            if form.cleaned_data["kind"] == AnswerForm.ACCEPT:
                enquiries.answer_enquiry(enquiry, text=text, by=by)
            else:
                enquiries.decline_enquiry(enquiry, reason=text, by=by)
            return HttpResponseRedirect(request.path)
        except enquiries.WrongState as error:
            enquiry, overtaken = error.enquiry, error.enquiry.answer != text
    back = [(_("Mein Verein"), reverse("ehrenamt:my_offers"))] if request.user.is_authenticated else []
    context = {
        "enquiry": enquiry,
        "form": form,
        "waiting": enquiry.state == EnquiryState.WAITING,
        "overtaken": overtaken,
        "breadcrumbs": [*back, (enquiry.reference, "")],
    }
    return render(request, "ehrenamt/enquiry_answer.html", context, status=422 if form.errors else 200)
