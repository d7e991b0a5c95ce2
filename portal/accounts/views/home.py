"""The start page of signed-in people."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.domain.staff import may_enter_admin
from regiokit.organisations.models import Membership
from regiokit.plugin import active


@never_cache
@login_required
@require_safe
def home(request):
    """Show the person's organisations and what the plugins offer to them."""
    memberships = list(
        Membership.objects.filter(user=request.user)
        .select_related("organisation__municipality")
        .order_by("organisation__name")
    )
    context = {
        "memberships": memberships,
        "entries": list(account_entries()) if memberships else [],
        "admin_url": reverse("wagtailadmin_home") if may_enter_admin(request.user) else "",
    }
    return render(request, "account/home.html", context)


def account_entries():
    """Yield label, text and url of what plugins offer to organisations."""
    for plugin in active():
        for entry in plugin.menu:
            if entry.area == "account":
                yield {"label": entry.label, "text": entry.text, "url": reverse(entry.url_name)}
