"""The second factor: allauth's steps with our pages. The overview, and giving the factor at the sign-in or again."""

import json
from functools import wraps
from textwrap import wrap

from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from portal.accounts import factor_forms as forms
from portal.accounts.domain.factor import is_recent
from portal.accounts.domain.staff import may_enter_admin
from portal.accounts.factor_adapter import passkeys_possible


def recently_shown(view):
    """Ask who is there again before something sensitive, unless that was just shown."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not is_recent(request):
            door = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
            return redirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return guarded


sensitive = method_decorator(recently_shown, name="dispatch")


class _Page:
    """What every page of the factor knows."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # allauth's views for passkeys make a new form and lose the one with the mistakes.
        context |= {"form": kwargs["form"]} if "form" in kwargs else {}
        if data := context.get("js_data"):
            context["passkey_options"] = json.dumps(next(iter(data.values())), cls=DjangoJSONEncoder)
        staff = self.request.user.is_authenticated and may_enter_admin(self.request.user)
        return context | {
            "passkeys_possible": passkeys_possible(),
            "admin_url": reverse("wagtailadmin_home") if staff else "",
            "is_required": staff and settings.SECOND_FACTOR_REQUIRED,
        }

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


@method_decorator(never_cache, name="dispatch")
class OverviewView(_Page, base.IndexView):
    """What the person has set up."""

    template_name = "account/factor.html"


class AuthenticateView(_Page, base.AuthenticateView):
    """Takes the factor at the sign-in, after the code from the mail."""

    form_class = forms.CodeForm
    webauthn_form_class = forms.UsePasskeyForm
    template_name = "account/factor_code.html"

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(), status=422)


@method_decorator(never_cache, name="dispatch")
class AgainView(_Page, base.ReauthenticateView):
    """Takes the factor again, before something sensitive."""

    form_class = forms.CodeAgainForm
    template_name = "account/factor_again.html"


@method_decorator(never_cache, name="dispatch")
class AgainByPasskeyView(_Page, webauthn.ReauthenticateWebAuthnView):
    """Takes a passkey again, before something sensitive."""

    form_class = forms.UsePasskeyAgainForm
    template_name = "account/factor_again_passkey.html"


@sensitive
class AddAppView(_Page, totp.ActivateTOTPView):
    """Shows the secret for the app, as a picture and as text, and takes the first code."""

    form_class = forms.FirstCodeForm
    template_name = "account/factor_app.html"

    def get_context_data(self, **kwargs):
        """Cut the secret into groups, so that it can be typed."""
        context = super().get_context_data(**kwargs)
        return context | {"secret_in_groups": " ".join(wrap(context["form"].secret, 4))}


@sensitive
class RemoveAppView(_Page, totp.DeactivateTOTPView):
    """Asks, and removes the app."""

    template_name = "account/factor_app_remove.html"


@sensitive
class AddPasskeyView(_Page, webauthn.AddWebAuthnView):
    """Takes a passkey that the browser has made."""

    form_class = forms.AddPasskeyForm
    template_name = "account/factor_passkey.html"


@sensitive
class RemovePasskeyView(_Page, webauthn.RemoveWebAuthnView):
    """Asks, and removes one passkey."""

    template_name = "account/factor_passkey_remove.html"
    success_url = reverse_lazy("mfa_index")


@sensitive
class RecoveryCodesView(_Page, recovery_codes.ViewRecoveryCodesView):
    """Shows the codes for the day that the phone is gone."""

    template_name = "account/recovery_codes.html"


@sensitive
class RecoveryCodesFileView(recovery_codes.DownloadRecoveryCodesView):
    """The same codes as a text to keep."""

    template_name = "account/recovery_codes.txt"


@sensitive
class NewRecoveryCodesView(_Page, recovery_codes.GenerateRecoveryCodesView):
    """Asks, and replaces the codes."""

    template_name = "account/recovery_codes_new.html"
