"""Pages of a saved search: sign up, confirm, look after it, stop. Nothing changes by a GET: mail scanners open links."""

from functools import wraps

from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from regiokit import conf, limits, links
from regiokit.pages import message_page, private_page, too_many_page
from regiokit.search.alerts import addresses, domain, retention
from regiokit.search.alerts.forms import RhythmForm, SignUpForm
from regiokit.search.alerts.models import Rhythm, SavedSearch
from regiokit.search.alerts.wording import in_words
from regiokit.search.contract import SearchSource
from regiokit.search.filters import validate
from regiokit.search.german import parse

LONGEST_PARAMS = SavedSearch._meta.get_field("params").max_length


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def alert_new(request, source: SearchSource):
    """Ask where to write and how often; the parameters of the address are the question."""
    asked, errors = validate(source, request.GET)
    params = "" if errors else domain.kept_params(source, request.GET)
    if errors or len(params) > LONGEST_PARAMS:
        message = next(iter(errors.values()), _("Bitte wählen Sie weniger Filter."))
        return _to_list(request, source, _("Diese Suche geht so nicht"), message, status=400)
    form = SignUpForm(request.POST if request.method == "POST" else None, initial={"rhythm": Rhythm.DAILY})
    if form.is_bound and form.is_valid():
        email, rhythm = form.cleaned_data["email"], form.cleaned_data["rhythm"]
        try:
            limits.sending(request, "regiokit.alert", address=email)
        except limits.TooMany as error:
            return too_many_page(request, error, app=addresses.namespace(source), actions=_on(source))
        domain.sign_up(source, form=asked, params=request.GET, email=email, rhythm=rhythm)
        return HttpResponseRedirect(addresses.of_source(source, "alert_sent"))
    context = {
        "form": form,
        "words": in_words(source, asked),
        "several": len(parse(asked.cleaned_data["q"] or "").terms) > 1,
        "back_url": addresses.list_path(source, params),
    }
    return _page(request, source, "alert_new", context, status=422 if form.is_bound else 200)


@private_page
@require_safe
def alert_sent(request, source: SearchSource):
    """Say what happens next. Names nobody: the page is the same for all."""
    return _page(request, source, "alert_sent", {})


def with_saved_search(purpose: str, max_age):
    """Turn the token of an address into its saved search; old links answer 410, altered ones 404, both lead on."""

    def decorate(view):
        @private_page
        @wraps(view)
        def found(request, token, source: SearchSource):
            try:
                value = links.read(purpose, token, max_age=max_age)
            except links.LinkExpired:
                return _over(request, source)
            except links.LinkAltered:
                return _altered(request, source)
            pk, *more = value if isinstance(value, list) else [value]
            saved = SavedSearch.objects.filter(pk=pk, source=source.key).first()
            try:
                return view(request, source, saved, *more) if saved else _over(request, source)
            except SavedSearch.DoesNotExist:
                # It was stopped in another window meanwhile.
                return _over(request, source)

        return found

    return decorate


@with_saved_search(addresses.CONFIRM, addresses.CONFIRM_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def alert_confirm(request, source, saved, rhythm):
    """Show what will come; the button agrees to it."""
    if request.method == "POST":
        domain.confirm(source, saved, rhythm=rhythm)
        return HttpResponseRedirect(addresses.manage_path(saved))
    return _page(request, source, "alert_confirm", {"saved": saved, "rhythm": Rhythm(rhythm).label})


@with_saved_search(addresses.MANAGE, addresses.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request, source, saved):
    """Show the question, how often and until when; buttons change the rhythm, renew or stop."""
    if not saved.is_confirmed:
        return _over(request, source)
    form = RhythmForm(initial={"rhythm": saved.rhythm})
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "stop":
        domain.stop(saved)
        return _stopped(request, source)
    if act == "renew":
        domain.renew(saved)
        return HttpResponseRedirect(request.path)
    if request.method == "POST":
        form = RhythmForm(request.POST)
        if form.is_valid():
            domain.change_rhythm(saved, rhythm=form.cleaned_data["rhythm"])
            return HttpResponseRedirect(request.path)
    context = {
        "saved": saved,
        "form": form,
        "list_url": addresses.list_path(source, saved.params),
        "data_url": addresses.of_source(source, "alert_data", request.resolver_match.kwargs["token"]),
    }
    return _page(request, source, "alert", context, status=422 if form.is_bound else 200)


@with_saved_search(addresses.MANAGE, addresses.LINK)
@require_safe
def alert_data(request, source, saved):
    """Hand out everything that is kept with this saved search."""
    response = JsonResponse(retention.export(saved), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="benachrichtigung.json"'
    return response


# A mail program posts without page and token (RFC 8058); the signed link is the proof, and stopping harms nobody.
@csrf_exempt
@with_saved_search(addresses.STOP, addresses.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def alert_stop(request, source, saved):
    """Ask once, and stop by POST: the button's, or the one click of a mail program."""
    if request.method == "POST":
        domain.stop(saved)
        return _stopped(request, source)
    return _page(request, source, "alert_stop", {"saved": saved})


def _page(request, source: SearchSource, name: str, context: dict, *, status: int = 200):
    facts = {
        "base": f"{addresses.namespace(source)}/base.html",
        "label": source.label,
        "days": addresses.UNCONFIRMED_DAYS,
        "contact": conf.contact(),
        "breadcrumbs": [(source.label, addresses.list_path(source, "")), (_("Benachrichtigung"), "")],
    }
    return render(request, f"regiokit/search/{name}.html", facts | context, status=status)


def _on(source: SearchSource) -> list[tuple[str, str]]:
    return [(_("Zur Suche: %(label)s") % {"label": source.label}, addresses.list_path(source, ""))]


def _to_list(request, source: SearchSource, title: str, text: str, *, status: int = 200):
    return message_page(request, title, text, app=addresses.namespace(source), status=status, actions=_on(source))


def _stopped(request, source: SearchSource):
    text = _("Wir schreiben Ihnen dazu nicht mehr. Die Frage und Ihre E-Mail-Adresse sind gelöscht.")
    return _to_list(request, source, _("Die Benachrichtigung ist beendet"), text)


def _over(request, source: SearchSource):
    text = _(
        "Der Link galt nur für begrenzte Zeit, oder die Benachrichtigung ist schon beendet und gelöscht. "
        "Sie können jederzeit eine neue einrichten."
    )
    return _to_list(request, source, _("Dieser Link ist abgelaufen"), text, status=410)


def _altered(request, source: SearchSource):
    text = _(
        "Vielleicht fehlt am Ende ein Stück. Öffnen Sie den Link noch einmal aus der E-Mail, "
        "oder kopieren Sie ihn vollständig."
    )
    return _to_list(request, source, _("Dieser Link stimmt nicht"), text, status=404)
