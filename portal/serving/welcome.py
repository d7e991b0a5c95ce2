"""What somebody who has just started the portal wants to know: where to look, and as whom."""

from django.conf import settings
from django.urls import reverse

from portal.serving.demo import LOGINS
from regiokit.organisations.models import Membership, Organisation


def welcome(base_url: str) -> str:
    """Return the addresses worth opening and, in the demo, the logins."""
    lines = ["", f"{settings.REGION.portal_name} läuft.", ""]
    lines += [f"  {title:<18} {base_url}{path}" for title, path in addresses()]
    if settings.MODE == "demo":
        lines += ["", "Anmelden mit einer dieser E-Mail-Adressen; der Code kommt ins Postfach der Demo:"]
        lines += [f"  {email:<32} {role}" for email, role in logins()]
    return "\n".join([*lines, ""])


def addresses():
    """Yield title and path of the pages worth opening."""
    yield "Startseite", "/"
    for plugin in settings.PLUGINS:
        for entry in plugin.menu:
            if entry.area == "public":
                yield entry.label, reverse(entry.url_name)
    yield "Mein Bereich", reverse("account_home")
    yield "Redaktion", reverse("wagtailadmin_home")
    if settings.MODE == "demo":
        yield "Postfach (E-Mails)", "/postfach/"
    yield "Schnittstelle", reverse("api-1.0.0:openapi-json")


def logins():
    """Yield address and role: staff first, then one organisation of each kind."""
    for login in LOGINS:
        yield login.email, login.role
    for kind in Organisation.Kind:
        member = Membership.objects.filter(organisation__kind=kind).select_related("user", "organisation").first()
        if member:
            yield member.user.email, member.organisation.name
