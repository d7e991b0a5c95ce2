"""The operator's own pages. Every query begins with the organisations of the person who is signed in."""

from django.contrib.auth import get_user_model
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
from regiokit.listings.models import ListingLocked, NewerRevision, NothingToReview
from regiokit.listings.pictures import PicturePage, picture_page
from regiokit.listings.stages import sendable, with_stages
from regiokit.organisations.domain import found_organisation, of_member
from regiokit.organisations.models import Organisation
from regiokit.pages import message_page, private_page


def _mine(request):
    return Space.objects.filter(organisation__in=of_member(request.user)).for_display()


@private_page
@login_required
@require_safe
def my_spaces(request):
    """Show what waits, the spaces with their stage, and the coming trial days."""
    organisations = of_member(request.user)
    spaces = list(_mine(request).select_related("latest_revision"))
    with_stages(spaces)
    rows = []
    for space in spaces:
        # Wagtail keeps the name beside each revision.
        name = space.name if space.live or not space.latest_revision else space.latest_revision.object_str
        rows.append({"space": space, "name": name, "stage": space.stage, "stale": _is_stale(space)})
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
    seen = form.cleaned_data["revision"] or 0 if space.pk else None
    try:
        space = _stored(request, form, space, seen=seen)
    except ListingLocked:
        form.add_error(
            None, _("Die Redaktion arbeitet gerade an diesem Eintrag. Bitte versuchen Sie es später noch einmal.")
        )
        return _edit_page(request, form, title=space.name, space=space, status=409)
    except NewerRevision:
        # Whoever reads the notice and saves again has seen that there is a newer version.
        form.data = form.data.copy()
        form.data["revision"] = Space.objects.values_list("latest_revision_id", flat=True).get(pk=space.pk)
        form.add_error(
            None,
            _(
                "Inzwischen hat jemand eine neuere Fassung gespeichert. Ihre Eingaben stehen noch im Formular. "
                "Vergleichen Sie bitte beide. Speichern Sie jetzt noch einmal, ersetzt Ihre Fassung die neuere."
            ),
        )
        return _edit_page(request, form, title=space.name, space=space, status=409)
    return HttpResponseRedirect(reverse("coworking:my_space_preview", args=[space.pk]))


def _stored(request, form, space, *, seen) -> Space:
    name = form.cleaned_data.get("organisation_name")
    if not name:
        return publishing.save_space(space, by=request.user, seen=seen)
    with transaction.atomic():
        # Of two clicks at the same moment the second one waits here, and then finds what the first one has made.
        get_user_model().objects.select_for_update().get(pk=request.user.pk)
        if twin := _mine(request).filter(key=space.key).first():
            return twin
        space.organisation = found_organisation(
            request.user,
            name=name,
            kind=Organisation.Kind.OPERATOR,
            legal_form=Organisation.LegalForm.OTHER,
            municipality=space.municipality,
            email=request.user.email,
        )
        return publishing.save_space(space, by=request.user)


def _edit_page(request, form, *, title: str, space=None, status: int = 0):
    context = {
        "form": form,
        "title": title,
        "space": space,
        "return_reason": space.return_reason if space else "",
        "breadcrumbs": [(_("Meine Arbeitsorte"), reverse("coworking:my_spaces")), (title, "")],
    }
    return render(request, "coworking/space_form.html", context, status=status or (422 if form.errors else 200))


@private_page
@login_required
@require_safe
def preview(request, pk: int):
    """Show the latest version as the public page will, with the button that submits it."""
    stored = get_object_or_404(_mine(request), pk=pk)
    context = {
        "space": stored.get_latest_revision_as_object(),
        "stage": stored.stage,
        "sendable": sendable(stored),
        "seen": stored.latest_revision_id,
        "preview": True,
        "own": True,
        "breadcrumbs": [(_("Meine Arbeitsorte"), reverse("coworking:my_spaces")), (_("Vorschau"), "")],
    }
    return render(request, "coworking/space.html", context)


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request, pk: int):
    """Add, describe, order and remove the pictures of a space; what is public stays until staff approve."""
    space = get_object_or_404(_mine(request), pk=pk).get_latest_revision_as_object()
    page = PicturePage(
        base="coworking/base.html",
        title=_("Bilder: %(name)s") % {"name": space.name},
        preview_url=reverse("coworking:my_space_preview", args=[pk]),
        save=publishing.save_space,
        breadcrumbs=[
            (_("Meine Arbeitsorte"), reverse("coworking:my_spaces")),
            (space.name, reverse("coworking:my_space", args=[pk])),
            (_("Bilder"), ""),
        ],
    )
    return picture_page(request, space, page)


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk: int):
    """Ask, then take the space out of public view and out of review."""
    space = get_object_or_404(_mine(request), pk=pk)
    if request.method == "POST":
        try:
            publishing.withdraw_space(space, by=request.user)
        except ListingLocked:
            return _held(request)
        return redirect(f"{reverse('coworking:my_spaces')}?erledigt=zurueckziehen")
    context = {
        "space": space,
        "breadcrumbs": [(_("Meine Arbeitsorte"), reverse("coworking:my_spaces")), (_("Zurückziehen"), "")],
    }
    return render(request, "coworking/space_withdraw.html", context)


def _held(request):
    return message_page(
        request,
        _("Die Redaktion arbeitet gerade an diesem Eintrag"),
        _("Bitte versuchen Sie es später noch einmal, oder rufen Sie uns an."),
        app="coworking",
        status=409,
        actions=[(_("Meine Arbeitsorte ansehen"), reverse("coworking:my_spaces"))],
    )


STEPS = {
    "bestaetigen": publishing.confirm_space,
    "pausieren": publishing.pause_space,
    "fortsetzen": publishing.resume_space,
}


@private_page
@login_required
@require_POST
def act(request, pk: int, action: str):
    """Submit, confirm, pause or resume a space of one's own."""
    space = get_object_or_404(_mine(request), pk=pk)
    if action == "einreichen":
        return _submit(request, space)
    if space.live:
        STEPS[action](space)
    return redirect(f"{reverse('coworking:my_spaces')}?erledigt={action}")


def _submit(request, space):
    seen = request.POST.get("seen", "")
    try:
        publishing.submit_space(
            space.get_latest_revision_as_object(),
            by=request.user,
            seen=int(seen) if seen.isascii() and seen.isdigit() else 0,
        )
    except ListingLocked:
        return _held(request)
    except (NewerRevision, NothingToReview):
        # Sent twice, or changed in another window: the preview shows the latest version and how it stands.
        return redirect("coworking:my_space_preview", space.pk)
    return redirect(f"{reverse('coworking:my_spaces')}?erledigt=einreichen")
