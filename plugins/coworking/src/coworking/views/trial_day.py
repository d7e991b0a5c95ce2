"""A person asks for a trial day, confirms, reads how it stands, and takes it back."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coworking.domain import trial_day_links as links
from coworking.domain.calendar_file import calendar_file
from coworking.domain.lists import contact_of, near_by
from coworking.domain.trial_days import (
    DayNotPossible,
    NotOffered,
    NotWaiting,
    ask_trial_day,
    can_withdraw,
    confirm_trial_day,
    takes_trial_days,
    withdraw_trial_day,
)
from coworking.enums import TrialDayState
from coworking.forms.trial_day import TrialDayForm
from coworking.models import Space, TrialDay
from coworking.views.private import by_link, ways_on
from regiokit import limits
from regiokit.conf import contact
from regiokit.pages import private_page, too_many_page

TRIES_PER_HOUR = 60
FIELDS = ("day", "alternative_day", "name", "email", "phone", "message", "key")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, pk: int, slug: str):
    """Show the form and take the request."""
    space = get_object_or_404(Space.objects.published().for_display(), pk=pk)
    if not takes_trial_days(space):
        return redirect(space)
    if request.method != "POST":
        return _form(request, space, TrialDayForm(space=space))
    form = TrialDayForm(request.POST, space=space)
    try:
        limits.hit("coworking.trial_day", limits.client(request), limit=TRIES_PER_HOUR, seconds=3600)
        if not form.is_valid():
            return _form(request, space, form, status=422)
        trial_day = _ask(request, space, form)
    except limits.TooMany as error:
        return too_many_page(request, error, app="coworking", actions=ways_on())
    except (DayNotPossible, NotOffered):
        form.add_error(None, _("Dieser Tag ist gerade nicht mehr möglich. Bitte wählen Sie einen anderen."))
        return _form(request, space, form, status=422)
    return redirect(links.path(links.SENT, trial_day))


def _ask(request, space, form):
    data = {name: form.cleaned_data[name] for name in FIELDS}
    first = TrialDay.objects.filter(key=data["key"]).first()
    if first and (first.email, first.space_id) != (data["email"], space.pk):
        # Not a second click but somebody else's key, or a corrected address: a request of its own.
        first, data["key"] = None, uuid4()
    if first is None:
        limits.sending(request, "coworking.trial_day.sent", address=data["email"])
    return ask_trial_day(space, **data)


def _form(request, space, form, *, status=200):
    context = {
        "space": space,
        "form": form,
        "contact": contact(),
        "contact_of_space": contact_of(space),
        "breadcrumbs": [(_("Startseite"), "/"), (space.name, space.get_absolute_url()), (_("Probetag anfragen"), "")],
    }
    return render(request, "coworking/trial_day_form.html", context, status=status)


@require_safe
@by_link(links.SENT)
def sent(request, trial_day):
    """Say what happens next; the same after a second click."""
    return render(request, "coworking/trial_day_sent.html", {"trial_day": trial_day, "space": trial_day.space})


@require_http_methods(["GET", "HEAD", "POST"])
@by_link(links.CONFIRM)
def confirm(request, trial_day):
    """GET shows a button, POST confirms: mail scanners open links."""
    if request.method == "POST":
        try:
            confirm_trial_day(trial_day)
        except NotWaiting:
            pass
        else:
            return redirect(links.path(links.STATE, trial_day))
    context = {
        "trial_day": trial_day,
        "space": trial_day.space,
        "waiting": trial_day.state == TrialDayState.UNCONFIRMED,
        "state_url": links.path(links.STATE, trial_day),
    }
    return render(request, "coworking/trial_day_confirm.html", context)


@require_safe
@by_link(links.STATE)
def state(request, trial_day):
    """Show how the request stands."""
    return _state(request, trial_day)


def _state(request, trial_day):
    states = TrialDayState
    context = {
        "trial_day": trial_day,
        "space": trial_day.space,
        "contact_of_space": contact_of(trial_day.space),
        "contact": contact(),
        "can_withdraw": can_withdraw(trial_day),
        "withdraw_url": links.path(links.STATE, trial_day, url_name="coworking:trial_day_withdraw"),
        "calendar_url": links.path(links.STATE, trial_day, url_name="coworking:trial_day_calendar"),
        "near": near_by(trial_day.space) if trial_day.state in (states.DECLINED, states.LAPSED) else [],
    }
    return render(request, "coworking/trial_day_state.html", context)


@require_POST
@by_link(links.STATE)
def withdraw(request, trial_day):
    """Take the request back; a second click changes nothing."""
    try:
        withdraw_trial_day(trial_day)
    except NotWaiting:
        pass
    return redirect(links.path(links.STATE, trial_day))


@require_safe
@by_link(links.STATE)
def calendar(request, trial_day):
    """Hand out the calendar file of an accepted trial day; of a withdrawn one the cancellation."""
    if trial_day.accepted_day is None:
        return redirect(links.path(links.STATE, trial_day))
    response = HttpResponse(calendar_file(trial_day), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="probetag-{trial_day.number.lower()}.ics"'
    return response
