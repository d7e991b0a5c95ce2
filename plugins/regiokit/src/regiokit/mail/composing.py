"""Writes mails from templates into the outbox."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from regiokit import conf
from regiokit.mail.models import OutboxMail


def queue(template: str, *, to: str, context: dict | None = None, headers: dict[str, str] | None = None) -> OutboxMail:
    """Write the mail of a template triple into the outbox and return its row.

    `template` names `<template>.subject.txt`, `<template>.txt` and `<template>.html` ("ehrenamt/mail/enquiry_arrived");
    `to` is one address. Call it inside the transaction of the change that causes the mail: both happen or none.
    The templates get `contact` (`conf.contact()`) and `site` beside `context`; `headers` are further headers of the mail
    ("List-Unsubscribe").
    """
    variables = {"contact": conf.contact(), "site": site_name(), **(context or {})}
    with override(settings.LANGUAGE_CODE):
        subject = render_to_string(f"{template}.subject.txt", variables)
        text = render_to_string(f"{template}.txt", variables)
        html = render_to_string(f"{template}.html", variables)
    return OutboxMail.objects.create(
        to=to, subject=_one_line(subject), text=text.strip() + "\n", html=html, headers=headers or {}
    )


def site_name() -> str:
    """Return the name under which the host writes."""
    return getattr(settings, "WAGTAIL_SITE_NAME", "")


def _one_line(text: str) -> str:
    # A line break in a subject would let somebody smuggle headers into the mail.
    return " ".join(text.split())[:255]
