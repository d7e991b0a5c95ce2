"""Show again who you are, by a code from a mail: for people without a second factor, before something sensitive."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.domain import mail_code
from portal.accounts.domain.factor import has_factor
from portal.accounts.forms import MailCodeForm
from portal.accounts.views.entrance import ours, with_next

PURPOSE = "again"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request):
    """Offer to send a code, send it, and take it; then on to where the person was going."""
    if has_factor(request.user):
        return HttpResponseRedirect(with_next(reverse("mfa_reauthenticate"), request))
    form = MailCodeForm(request.POST if "code" in request.POST else None)
    if "send" in request.POST:
        return _send(request)
    if form.is_bound and form.is_valid():
        if mail_code.accept(request, purpose=PURPOSE, typed=form.cleaned_data["code"]):
            record_authentication(request, request.user, "code", reauthenticated=True)
            return redirect(ours(request.POST.get("next")) or reverse("account_home"))
        form.say_wrong()
    return _page(request, form, status=422 if request.method == "POST" else 200)


def _send(request):
    try:
        mail_code.send(request, purpose=PURPOSE, to=request.user.email, template="account/mail/again_code")
    except mail_code.TooManyCodes:
        return render(request, "429.html", status=429)
    return HttpResponseRedirect(with_next(request.path, request))


def _page(request, form, *, status):
    context = {
        "form": form,
        "waiting": mail_code.waiting(request, purpose=PURPOSE),
        "next": ours(request.POST.get("next") or request.GET.get("next")),
    }
    return render(request, "account/again.html", context, status=status)
