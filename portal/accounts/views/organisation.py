"""Found an organisation, and change its data."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.domain.organisation import NewerValues, change_organisation
from portal.accounts.forms import OrganisationForm
from regiokit.organisations.domain import found_organisation
from regiokit.organisations.models import Membership, Organisation


@never_cache
@login_required
def create(request):
    """Found an organisation; whoever founds it is responsible for it."""
    form = OrganisationForm(request.POST or None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        found_organisation(request.user, **form.values)
        return redirect("account_home")
    return _page(request, form, title=_("Organisation anlegen"), status=422 if form.is_bound else 200)


@never_cache
@login_required
def edit(request, pk):
    """Change the data of an organisation that the person is responsible for; to everybody else it does not exist."""
    owned = Organisation.objects.filter(memberships__user=request.user, memberships__role=Membership.Role.OWNER)
    organisation = get_object_or_404(owned, pk=pk)
    title, form = _("Daten der Organisation ändern"), OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(organisation, changes=form.values, seen=form.cleaned_data["version"])
        except NewerValues as error:
            form.show_newer(error)
            return _page(request, form, title=title, status=409)
        return redirect("account_home")
    return _page(request, form, title=title, status=422 if form.is_bound else 200)


def _page(request, form, *, title, status):
    return render(request, "account/organisation.html", {"form": form, "title": title}, status=status)
