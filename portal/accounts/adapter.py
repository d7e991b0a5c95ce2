"""What allauth asks its host: German words, mails through the outbox, and where people go afterwards."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.domain.factor import is_recent, tell
from regiokit import conf, mail


class AccountAdapter(DefaultAccountAdapter):
    """The portal's answers to allauth."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dieses Konto ist gesperrt. Rufen Sie uns an, wenn das ein Versehen ist."),
        "email_taken": _("Mit dieser E-Mail-Adresse gibt es schon ein Konto."),
        "incorrect_code": _("Dieser Code stimmt nicht. Bitte vergleichen Sie ihn mit der neuesten E-Mail."),
        "invalid_login": _("Bitte geben Sie Ihre E-Mail-Adresse ein."),
        "too_many_login_attempts": _("Das waren zu viele Versuche. Bitte warten Sie fünf Minuten."),
        "rate_limited": _("Das ging zu schnell. Bitte warten Sie einen Augenblick."),
        "same_as_current": _("Diese Adresse haben Sie schon angegeben."),
    }

    factor_mails = {
        "mfa/email/totp_activated": _("Sie haben eine Code-App als zweiten Faktor eingerichtet."),
        "mfa/email/totp_deactivated": _("Sie haben Ihre Code-App als zweiten Faktor entfernt."),
        "mfa/email/webauthn_added": _("Sie haben einen Passkey als zweiten Faktor eingerichtet."),
        "mfa/email/webauthn_removed": _("Sie haben einen Passkey als zweiten Faktor entfernt."),
        "mfa/email/recovery_codes_generated": _("Sie haben neue Ersatzcodes erzeugt. Die alten gelten nicht mehr."),
    }

    def is_reauthentication_required(self, *, app, **kwargs):
        """Let the portal's own rule decide, which also holds for people without a factor."""
        return not is_recent(context.request)

    def get_reauthentication_methods(self, user):
        """Let people without a factor show by mail who they are."""
        by_mail = {"id": "code", "description": "", "url": reverse("account_reauthenticate")}
        return super().get_reauthentication_methods(user) or [by_mail]

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell the person what happened, never from which address or with which browser."""
        tell(user, what=str(self.factor_mails[template_prefix]))

    def send_mail(self, template_prefix, email, context):
        """Write a mail into the outbox; its links lead to the portal's own address, whatever host was asked."""
        wanted = {key: value for key, value in context.items() if key in {"code", "user"}}
        addresses = {"signup_url": "account_signup", "login_url": "account_login"}
        wanted |= {key: conf.absolute(reverse(name)) for key, name in addresses.items()}
        mail.queue(template_prefix.replace("/email/", "/mail/"), to=email, context=wanted)

    def add_message(self, *arguments, **options):
        """Say nothing between pages: every step has a page that says what happened."""
