"""The operator's own pages. Every query begins with the organisations of the person who is signed in."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coworking import conf
from coworking.domain import publishing, trial_days
from coworking.forms.space import SpaceForm
from coworking.models import Space
from regiokit.organisations.domain import found_organisation, of_member
from regiokit.organisations.models import Organisation
from regiokit.pages import private_page


def _mine(request):
    return Space.objects.filter(organisation__in=of_member(request.user)).for_display()


@private_page
@login_required
@require_safe
def my_spaces(request):
    """Show what waits, the spaces with their stage, and the coming trial days."""
    organisations = of_member(request.user)
    rows = []
    for space in _mine(request).select_related("latest_revision"):
        shown = space if space.live else space.get_latest_revision_as_object()
        rows.append({"space": space, "name": shown.name, "stage": space.stage, "stale": _is_stale(space)})
    context = {
        "waiting": trial_days.waiting(organisations),
        "coming": trial_days.coming(organisations),
        "rows": rows,
        "to_confirm": [row for row in rows if row["stale"]],
        "done": request.GET.get("erledigt", ""),
        "breadcrumbs": [(_("Startseite"), "/"), (_("Meine Arbeitsorte"), "")],
    }
    return render(request, "coworking/my_spaces.html", context)


def _is_stale(space) -> bool:
    return space.live and (not space.confirmed_at or timezone.now() - space.confirmed_at > conf.STALE_AFTER)


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_space(request):
    """Take a new space; whoever acts for no organisation yet names one on the way."""
    organisations = of_member(request.user)
    form = SpaceForm(request.POST or None, instance=Space(), organisations=organisations)
    if request.method == "POST" and form.is_valid():
        return _save(request, form)
    return _edit_page(request, form, title=_("Arbeitsort eintragen"))


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_space(request, pk: int):
    """Change the latest version of a space; what is public stays until staff approve."""
    space = get_object_or_404(_mine(request), pk=pk).get_latest_revision_as_object()
    form = SpaceForm(request.POST or None, instance=space, organisations=of_member(request.user))
    if request.method == "POST" and form.is_valid():
        return _save(request, form)
    return _edit_page(request, form, title=_("%(name)s bearbeiten") % {"name": space.name}, space=space)


def _save(request, form):
    space = form.save(commit=False)
    try:
        with transaction.atomic():
            if name := form.cleaned_data.get("organisation_name"):
                space.organisation = found_organisation(
                    request.user,
                    name=name,
                    kind=Organisation.Kind.OPERATOR,
                    legal_form=Organisation.LegalForm.OTHER,
                    municipality=space.municipality,
                    email=request.user.email,
                )
            publishing.save_space(space, by=request.user)
    except publishing.SpaceLocked:
        form.add_error(
            None, _("Die Redaktion arbeitet gerade an diesem Eintrag. Bitte versuchen Sie es später noch einmal.")
        )
        return _edit_page(request, form, title=space.name, space=space)
    return HttpResponseRedirect(reverse("coworking:my_space_preview", args=[space.pk]))


def _edit_page(request, form, *, title: str, space=None):
    context = {
        "form": form,
        "title": title,
        "space": space,
        "return_reason": space.return_reason if space else "",
        "breadcrumbs": [(_("Meine Arbeitsorte"), reverse("coworking:my_spaces")), (title, "")],
    }
    return render(request, "coworking/space_form.html", context, status=400 if form.errors else 200)


@private_page
@login_required
@require_safe
def preview(request, pk: int):
    """Show the latest version as the public page will, with the button that submits it."""
    stored = get_object_or_404(_mine(request), pk=pk)
    context = {
        "space": stored.get_latest_revision_as_object(),
        "stage": stored.stage,
        "preview": True,
        "own": True,
        "breadcrumbs": [(_("Meine Arbeitsorte"), reverse("coworking:my_spaces")), (_("Vorschau"), "")],
    }
    return render(request, "coworking/space.html", context)


ACTIONS = {
    "einreichen": "submit",
    "bestaetigen": "confirm",
    "pausieren": "pause",
    "fortsetzen": "resume",
}


@private_page
@login_required
@require_POST
def act(request, pk: int, action: str):
    """Submit, confirm, pause or resume a space of one's own."""
    space = get_object_or_404(_mine(request), pk=pk)
    verb = ACTIONS[action]
    if verb == "submit":
        try:
            publishing.submit_space(space.get_latest_revision_as_object(), by=request.user)
        except publishing.SpaceLocked:
            return redirect("coworking:my_space_preview", pk)
    elif space.live:
        {"confirm": publishing.confirm_space, "pause": publishing.pause_space, "resume": publishing.resume_space}[verb](
            space
        )
    return redirect(f"{reverse('coworking:my_spaces')}?erledigt={action}")
