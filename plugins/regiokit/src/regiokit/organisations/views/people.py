"""Who acts for an organisation: the list, another role, removal, leaving, taking over. A GET only asks."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from regiokit.organisations.domain import invitations, ownership, without_owner
from regiokit.organisations.domain import people as verbs
from regiokit.organisations.forms import SuccessorForm
from regiokit.organisations.models import Membership
from regiokit.organisations.views.finding import for_members, for_owners, home

OWNER, EDITOR = Membership.Role.OWNER, Membership.Role.EDITOR
QUESTION = require_http_methods(["GET", "HEAD", "POST"])


@for_members
@require_safe
def people(request, membership):
    """Show everybody who acts for the organisation; those who are responsible also see the open invitations."""
    organisation = membership.organisation
    owner = membership.role == OWNER
    context = {
        "organisation": organisation,
        "own": membership,
        "is_owner": owner,
        "members": list(organisation.memberships.select_related("user").order_by("-role", "created_at", "pk")),
        "invitations": list(invitations.waiting(organisation)) if owner else [],
        "verified": organisation.verifications.filter(decision="verified").first()
        if organisation.verified_at
        else None,
        "without_owner": not owner and without_owner().filter(pk=organisation.pk).exists(),
        "done": request.GET.get("getan", ""),
        "home_url": home(),
    }
    return render(request, "regiokit/organisations/people.html", context)


@for_owners
@QUESTION
def role(request, own, member):
    """Ask, then give a member the other role. The role stands in the form, so that a second click changes nothing."""
    other = _other(own, member)
    wanted = EDITOR if other.role == OWNER else OWNER
    error = ""
    if request.method == "POST" and request.POST.get("role") in Membership.Role.values:
        try:
            verbs.change_role(other, role=request.POST["role"], by=request.user)
            return _back(own, "rolle")
        except (verbs.LastOwner, verbs.NotResponsible, Membership.DoesNotExist):
            error = _overtaken()
    texts = {
        OWNER: (
            _("Soll %s mitverantwortlich werden?"),
            _("Verantwortliche ändern die Angaben der Organisation, laden andere ein und entfernen sie."),
            _("Verantwortlich machen"),
        ),
        EDITOR: (
            _("Soll %s nur noch Einträge bearbeiten?"),
            _("Die Person bearbeitet weiter Einträge. Angaben der Organisation und Rollen ändert sie nicht mehr."),
            _("Auf Bearbeitung umstellen"),
        ),
    }
    title, text, label = texts[wanted]
    context = {"title": title % other.user, "text": text, "label": label, "hidden": {"role": wanted}, "error": error}
    return _question(request, own, **context)


@for_owners
@QUESTION
def remove(request, own, member):
    """Ask, then end the membership of somebody else."""
    other, error = _other(own, member), ""
    if request.method == "POST":
        try:
            verbs.remove_member(other, by=request.user)
            return _back(own, "entfernt")
        except (verbs.LastOwner, verbs.NotResponsible, Membership.DoesNotExist):
            error = _overtaken()
    return _question(
        request,
        own,
        title=_("Soll %s nicht mehr mitarbeiten?") % other.user,
        text=_(
            "Die Person sieht und bearbeitet dann nichts mehr von „%(name)s“. Die Einträge bleiben. Sie können die Person "
            "später wieder einladen."
        )
        % {"name": own.organisation},
        label=_("Mitgliedschaft beenden"),
        danger=True,
        error=error,
    )


@for_members
@QUESTION
def leave(request, own):
    """Ask, then end one's own membership; the last owner names who follows."""
    organisation, form, error = own.organisation, None, ""
    last = verbs.is_last_owner(organisation, own)
    if last:
        others = organisation.memberships.filter(user__is_active=True).exclude(pk=own.pk).select_related("user")
        if not others:
            invite_url = reverse("organisation_invite", args=[organisation.pk]) + f"?rolle={OWNER}"
            context = {"organisation": organisation, "own": own, "invite_url": invite_url}
            return render(
                request,
                "regiokit/organisations/last_one.html",
                context,
                status=409 if request.method == "POST" else 200,
            )
        form = SuccessorForm(request.POST if request.method == "POST" else None, members=others)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            verbs.leave(own, successor=form and form.cleaned_data["successor"])
            return redirect(home())
        except (verbs.LastOwner, Membership.DoesNotExist):
            error = _overtaken()
    return _question(
        request,
        own,
        title=_("„%s“ verlassen?") % organisation,
        text=_(
            "Sie sehen und bearbeiten dann nichts mehr von dieser Organisation. Die Einträge bleiben. Zurück kommen Sie nur "
            "mit einer neuen Einladung."
        ),
        label=_("Organisation verlassen"),
        danger=True,
        form=form,
        error=error,
    )


@for_members
@QUESTION
def claim(request, own):
    """Ask, then tell staff that the editor wants to become responsible."""
    organisation = own.organisation
    if request.method == "POST":
        try:
            ownership.claim(own)
        except ownership.NothingToClaim:
            return _back(own, "vergeben")
        return _back(own, "angeboten")
    if own.claimed_at or not without_owner().filter(pk=organisation.pk).exists():
        return _back(own, "angeboten" if own.claimed_at else "vergeben")
    return _question(
        request,
        own,
        title=_("Verantwortung für „%s“ übernehmen?") % organisation,
        text=_(
            "Niemand ist mehr für die Organisation verantwortlich. Wenn Sie es werden, ändern Sie ihre Angaben und "
            "entscheiden, wer mitarbeitet. Wir prüfen Ihr Angebot und melden uns per E-Mail."
        ),
        label=_("Verantwortung anbieten"),
    )


def _other(own: Membership, pk: int) -> Membership:
    others = own.organisation.memberships.exclude(pk=own.pk).select_related("user", "organisation")
    return get_object_or_404(others, pk=pk)


def _overtaken() -> str:
    return _("Inzwischen hat sich etwas geändert, deshalb ist nichts passiert. Sehen Sie bitte in der Liste nach.")


def _back(own: Membership, done: str):
    response = redirect("organisation_people", own.organisation_id)
    response["Location"] += f"?getan={done}"
    return response


def _question(request, own: Membership, **context):
    wrong = context.get("error") or (context.get("form") and context["form"].errors)
    status = 409 if context.get("error") else 422 if wrong else 200
    page = {"organisation": own.organisation, "own": own, **context}
    return render(request, "regiokit/organisations/question.html", page, status=status)
