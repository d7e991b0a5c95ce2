"""Sign in, register, sign out: allauth's steps with our forms, and a page instead of a message for every outcome."""

from urllib.parse import urlencode

from allauth.account import views as allauth_views
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts import forms
from portal.accounts.domain.staff import may_enter_admin
from portal.accounts.middleware import ENDED
from portal.accounts.models import EndedSession


class LoginView(allauth_views.LoginView):
    """Asks for the address and sends a code."""

    form_class = forms.LoginForm
    template_name = "account/login.html"

    def dispatch(self, request, *args, **kwargs):
        """Refuse signed-in people whom the admin sent away, instead of sending them back to it again and again."""
        from_admin = request.GET.get("next", "").startswith(reverse("wagtailadmin_home"))
        if from_admin and request.user.is_authenticated and not may_enter_admin(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Say why somebody is here again, when a code has run out or a session was ended."""
        reasons = dict(EndedSession.Reason.choices)
        return super().get_context_data(**kwargs) | {
            "code_is_over": "abgelaufen" in self.request.GET,
            "session_is_over": reasons.get(self.request.GET.get(ENDED), ""),
        }


class SignupView(allauth_views.SignupView):
    """Asks for the address of a new account and sends a code."""

    form_class = forms.SignupForm
    template_name = "account/signup.html"


class _CodeStep:
    """A step that waits for a code: leads back with a reason when it is over, and says when a new one was sent."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if isinstance(response, HttpResponseRedirect):
            target = response["Location"].split("?")[0]
            if target in {reverse("account_login"), reverse("account_request_login_code")}:
                return HttpResponseRedirect(with_next(reverse("account_login"), request, abgelaufen=1))
            if target == request.path:
                return HttpResponseRedirect(with_next(request.path, request, neu=1))
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"code_is_new": "neu" in self.request.GET}


class LoginCodeView(_CodeStep, allauth_views.ConfirmLoginCodeView):
    """Takes the code of a sign-in."""

    form_class = forms.LoginCodeForm
    template_name = "account/login_code.html"


class SignupCodeView(_CodeStep, allauth_views.ConfirmEmailVerificationCodeView):
    """Takes the code of a registration."""

    form_class = forms.SignupCodeForm
    template_name = "account/signup_code.html"


class LogoutView(allauth_views.LogoutView):
    """Signs out by POST; GET asks first."""

    template_name = "account/logout.html"


class InactiveView(allauth_views.AccountInactiveView):
    """Says that an account is closed."""

    template_name = "account/account_inactive.html"


def with_next(path: str, request, **parameters) -> str:
    """Return `path` with the parameters and the page that the person wanted, when that is one of ours."""
    if wanted := ours(request.POST.get("next") or request.GET.get("next")):
        parameters["next"] = wanted
    return f"{path}?{urlencode(parameters)}" if parameters else path


def ours(address: str | None) -> str:
    """Return the address when it is a page of this portal, else an empty text."""
    return address if address and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
