"""Found an organisation, and change its data."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from regiokit.organisations.domain import found_organisation
from regiokit.organisations.domain.changing import NewerValues, change_organisation
from regiokit.organisations.forms import OrganisationForm
from regiokit.organisations.views.finding import for_owners, home
from regiokit.pages import private_page


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    """Found an organisation; whoever founds it is responsible for it."""
    form = OrganisationForm(request.POST or None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        found_organisation(request.user, **form.values)
        return redirect(home())
    return _page(request, form, title=_("Organisation anlegen"), status=422 if form.is_bound else 200)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, membership):
    """Change the data of an organisation that the person is responsible for."""
    organisation = membership.organisation
    title, form = _("Daten der Organisation ändern"), OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(organisation, changes=form.values, seen=form.cleaned_data["version"], by=request.user)
        except NewerValues as error:
            form.show_newer(error)
            return _page(request, form, title=title, status=409)
        return redirect(home())
    return _page(request, form, title=title, status=422 if form.is_bound else 200)


def _page(request, form, *, title, status):
    context = {"form": form, "title": title, "home_url": home()}
    return render(request, "regiokit/organisations/form.html", context, status=status)
