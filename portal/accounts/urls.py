"""Addresses below /konto/. allauth reverses some names that have no use here: these lead to a closed door."""

from django.urls import include, path

from portal.accounts.views import address, again, breakglass, entrance, factor, home, sessions
from portal.accounts.views.closed import closed

CLOSED = (
    ("passwort/", "account_change_password"),
    ("passwort/setzen/", "account_set_password"),
    ("passwort/vergessen/", "account_reset_password"),
    ("passwort/vergessen/fertig/", "account_reset_password_done"),
    ("adressen/", "account_email"),
    ("anmelden/code/", "account_request_login_code"),
)

FACTOR = [
    path("", factor.OverviewView.as_view(), name="mfa_index"),
    path("anmelden/", factor.AuthenticateView.as_view(), name="mfa_authenticate"),
    path("erneut/", factor.AgainView.as_view(), name="mfa_reauthenticate"),
    path("erneut/passkey/", factor.AgainByPasskeyView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("app/", factor.AddAppView.as_view(), name="mfa_activate_totp"),
    path("app/entfernen/", factor.RemoveAppView.as_view(), name="mfa_deactivate_totp"),
    path("passkey/", factor.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("passkey/<int:pk>/entfernen/", factor.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("ersatzcodes/", factor.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("ersatzcodes/datei/", factor.RecoveryCodesFileView.as_view(), name="mfa_download_recovery_codes"),
    path("ersatzcodes/neu/", factor.NewRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
]

urlpatterns = [
    path("", home.home, name="account_home"),
    path("anmelden/", entrance.LoginView.as_view(), name="account_login"),
    path("code/", entrance.LoginCodeView.as_view(), name="account_confirm_login_code"),
    path("registrieren/", entrance.SignupView.as_view(), name="account_signup"),
    path("bestaetigen/", entrance.SignupCodeView.as_view(), name="account_email_verification_sent"),
    path("abmelden/", entrance.LogoutView.as_view(), name="account_logout"),
    path("gesperrt/", entrance.InactiveView.as_view(), name="account_inactive"),
    path("zweiter-faktor/", include(FACTOR)),
    path("erneut/", again.by_mail, name="account_reauthenticate"),
    path("adresse/", address.change, name="account_change_address"),
    path("adresse/bestaetigen/", address.confirm, name="account_confirm_address"),
    path("geraete/", sessions.sessions, name="account_sessions"),
    path("notfall/<str:token>/", breakglass.break_glass, name="account_break_glass"),
    *[path(address, closed, name=name) for address, name in CLOSED],
]
