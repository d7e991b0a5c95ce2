"""The operator answers a request, from the mail without signing in, or from the own pages."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coworking.domain import trial_day_links as links
from coworking.domain.hours import LOCAL
from coworking.domain.trial_days import NotWaiting, accept_trial_day, decline_trial_day
from coworking.enums import TrialDayState
from coworking.forms.trial_day import AnswerForm
from coworking.models import TrialDay
from coworking.views.private import by_link
from regiokit.organisations.domain import of_member
from regiokit.pages import private_page


@require_http_methods(["GET", "HEAD", "POST"])
@by_link(links.ANSWER)
def answer(request, trial_day):
    """Show the request with its two buttons, and take the answer."""
    return _answer(request, trial_day, back=request.path)


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_answer(request, pk: int):
    """The same for somebody who is signed in; requests to other organisations do not exist here."""
    found = TrialDay.objects.filter(space__organisation__in=of_member(request.user)).exclude(
        state=TrialDayState.UNCONFIRMED
    )
    trial_day = get_object_or_404(found.select_related("space__organisation", "space__municipality"), pk=pk)
    return _answer(request, trial_day, back=reverse("coworking:my_trial_day", args=[pk]), signed_in=True)


def _answer(request, trial_day, *, back: str, signed_in: bool = False):
    now = timezone.now()
    open_now = trial_day.state == TrialDayState.REQUESTED and trial_day.respond_by > now
    form = AnswerForm(
        request.POST if request.method == "POST" and open_now else None,
        trial_day=trial_day,
        today=timezone.localdate(timezone=LOCAL),
    )
    status = 200
    if form.is_bound:
        if form.is_valid():
            try:
                _decide(trial_day, form.cleaned_data)
            except NotWaiting:
                # A colleague or the clock was quicker: the page shows what is true now.
                pass
            return redirect(back)
        status = 422
    context = {
        "trial_day": trial_day,
        "space": trial_day.space,
        "form": form,
        "open": open_now,
        "signed_in": signed_in,
        "breadcrumbs": _breadcrumbs(trial_day) if signed_in else [],
    }
    return render(request, "coworking/trial_day_answer.html", context, status=status)


def _decide(trial_day, data) -> None:
    if data["decision"] == AnswerForm.ACCEPT:
        accept_trial_day(trial_day, day=data["day"], text=data["text"])
    else:
        decline_trial_day(trial_day, text=data["text"])


def _breadcrumbs(trial_day):
    return [(_("Meine Arbeitsorte"), reverse("coworking:my_spaces")), (trial_day.number, "")]
