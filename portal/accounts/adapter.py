"""What allauth asks its host: German words, mails through the outbox, and where people go afterwards."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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

    def send_mail(self, template_prefix, email, context):
        """Write a mail into the outbox; its links lead to the portal's own address, whatever host was asked."""
        wanted = {key: value for key, value in context.items() if key in {"code", "user"}}
        addresses = {"signup_url": "account_signup", "login_url": "account_login"}
        wanted |= {key: conf.absolute(reverse(name)) for key, name in addresses.items()}
        mail.queue(template_prefix.replace("/email/", "/mail/"), to=email, context=wanted)

    def add_message(self, *arguments, **options):
        """Say nothing between pages: every step has a page that says what happened."""
