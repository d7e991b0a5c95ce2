"""Invite a colleague, send it again, take it back, and accept it."""

from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from regiokit import conf
from regiokit.limits import TooMany
from regiokit.organisations.domain import invitations
from regiokit.organisations.domain.people import NotResponsible
from regiokit.organisations.forms import InvitationForm
from regiokit.organisations.models import Membership
from regiokit.organisations.views.finding import for_owners, home
from regiokit.organisations.views.people import _back
from regiokit.pages import private_page


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, own):
    """Ask whom to invite. The answer is the same whether the address has an account or not."""
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        initial={"role": request.GET.get("rolle") or Membership.Role.EDITOR},
    )
    if form.is_bound and form.is_valid():
        try:
            invitations.invite(own.organisation, by=request.user, **form.cleaned_data)
            return _back(own, "eingeladen")
        except invitations.AlreadyMember as error:
            (member,) = error.args
            itself = member.user_id == request.user.pk
            form.add_error("email", _("Das sind Sie selbst.") if itself else _("Diese Person gehört schon dazu."))
        except TooMany:
            form.add_error(None, _too_many())
        except NotResponsible:
            return redirect(home())
    context = {"organisation": own.organisation, "form": form}
    return render(request, "regiokit/organisations/invite.html", context, status=422 if form.errors else 200)


@for_owners
@require_POST
def send_again(request, own, invitation):
    """Send a new link to the same address; the old one ends."""
    stored = get_object_or_404(invitations.waiting(own.organisation), pk=invitation)
    try:
        invitations.invite(own.organisation, email=stored.email, role=stored.role, by=request.user)
    except invitations.AlreadyMember:
        return _back(own, "schon-da")
    except TooMany:
        return _back(own, "zu-viele")
    except NotResponsible:
        return redirect(home())
    return _back(own, "eingeladen")


@for_owners
@require_POST
def withdraw(request, own, invitation):
    """Make the link useless."""
    stored = get_object_or_404(invitations.waiting(own.organisation), pk=invitation)
    try:
        invitations.withdraw(stored, by=request.user)
    except NotResponsible:
        return redirect(home())
    return _back(own, "zurueckgezogen")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request, token):
    """Show the invitation to whoever holds its link; only the invited person, signed in, can accept it."""
    invitation = invitations.find(token)
    if invitation is None or not invitation.is_open:
        joined = invitation and invitation.accepted_at and _acts(request.user, invitation)
        context = {"joined": joined, "organisation": joined and invitation.organisation, "contact": conf.contact()}
        return render(request, "regiokit/organisations/invitation_over.html", context, status=200 if joined else 410)
    user = request.user
    fits = user.is_authenticated and user.email.lower() == invitation.email
    if request.method == "POST" and fits:
        try:
            member = invitations.accept(invitation, user=user)
            return _back(member, "angenommen")
        except invitations.InvitationOver:
            return redirect(request.path)
    context = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "fits": fits,
        "login_url": _then_back(resolve_url(settings.LOGIN_URL), request),
        "signup_url": _then_back(conf.signup_url(), request),
    }
    return render(
        request, "regiokit/organisations/invitation.html", context, status=403 if request.method == "POST" else 200
    )


def _acts(user, invitation) -> bool:
    return user.is_authenticated and invitation.organisation.memberships.filter(user=user).exists()


def _then_back(url: str, request) -> str:
    return f"{url}?{urlencode({'next': request.path})}" if url else ""


def _too_many() -> str:
    return _("Heute wurden schon sehr viele Einladungen verschickt. Morgen geht es wieder.")
