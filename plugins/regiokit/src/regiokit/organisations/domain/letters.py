"""Mails to the people of an organisation and to staff."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from regiokit import conf, mail
from regiokit.organisations.models import Organisation

TO_MEMBERS = _("Sie bekommen diese E-Mail, weil Sie im Portal für „%(name)s“ handeln oder gehandelt haben.")
TO_STAFF = _("Sie bekommen diese E-Mail, weil Ihre Adresse als Kontakt des Portals eingetragen ist.")


def page(name: str, *arguments) -> str:
    """Return the whole address of a page, or an empty text when the host has not mounted the pages of organisations."""
    try:
        return conf.absolute(reverse(name, args=arguments))
    except NoReverseMatch:
        return ""


def tell(to: Iterable[str], organisation: Organisation, *, subject, text, button=("", ""), why=TO_MEMBERS, **values):
    """Write one mail to each address. `subject`, `text` (paragraphs), `button` (label, address) and `why` may be lazy.

    They may name `%(name)s`, the organisation, and all `values`.
    """
    values = {"name": organisation.name, **values}
    with override(settings.LANGUAGE_CODE):
        label, url = button
        body = str(text) % values
        context = {
            "subject": str(subject) % values,
            "text": body,
            "paragraphs": body.split("\n\n"),
            "why": str(why) % values,
            "button_label": str(label),
            "button_url": url,
        }
        for address in sorted(set(to)):
            mail.queue("regiokit/mail/organisation_notice", to=address, context=context)


def tell_staff(organisation: Organisation, *, subject, text, button=("", ""), **values) -> None:
    """Write to the people who help by telephone, when the host has named an address of theirs."""
    if address := conf.contact().get("email"):
        tell([address], organisation, subject=subject, text=text, button=button, why=TO_STAFF, **values)


def owners(organisation: Organisation, *, but: int | None = None) -> list[str]:
    """Return the addresses of those who are responsible, without the person `but` (a key)."""
    found = organisation.memberships.filter(role="owner", user__is_active=True).exclude(user=but)
    return [address for address in found.values_list("user__email", flat=True) if address]
