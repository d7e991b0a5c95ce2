"""Addresses below /konto/. allauth reverses some names that have no use here: these lead to a closed door."""

from django.urls import path

from portal.accounts.views import breakglass, entrance, home, sessions
from portal.accounts.views.closed import closed

CLOSED = (
    ("passwort/", "account_change_password"),
    ("passwort/setzen/", "account_set_password"),
    ("passwort/vergessen/", "account_reset_password"),
    ("passwort/vergessen/fertig/", "account_reset_password_done"),
    ("erneut/", "account_reauthenticate"),
    ("adressen/", "account_email"),
    ("anmelden/code/", "account_request_login_code"),
)

urlpatterns = [
    path("", home.home, name="account_home"),
    path("anmelden/", entrance.LoginView.as_view(), name="account_login"),
    path("code/", entrance.LoginCodeView.as_view(), name="account_confirm_login_code"),
    path("registrieren/", entrance.SignupView.as_view(), name="account_signup"),
    path("bestaetigen/", entrance.SignupCodeView.as_view(), name="account_email_verification_sent"),
    path("abmelden/", entrance.LogoutView.as_view(), name="account_logout"),
    path("gesperrt/", entrance.InactiveView.as_view(), name="account_inactive"),
    path("geraete/", sessions.sessions, name="account_sessions"),
    path("notfall/<str:token>/", breakglass.break_glass, name="account_break_glass"),
    *[path(address, closed, name=name) for address, name in CLOSED],
]
