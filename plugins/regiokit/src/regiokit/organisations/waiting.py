"""Organisations that nobody has checked yet, as the board shows them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from regiokit.organisations.models import Organisation
from regiokit.waiting import Asked, Found, Line, find


def unverified(asked: Asked) -> Found:
    """Return organisations without the note "geprüft", the oldest first."""
    rows = Organisation.objects.filter(verified_at=None).select_related("municipality").defer("municipality__outline")
    return find(rows, asked=asked, by="created_at", town="municipality", line=_line)


def _line(organisation: Organisation) -> Line:
    return Line(
        title=organisation.name,
        url=reverse("regiokit_organisations:edit", args=[organisation.pk]),
        detail=f"{organisation.get_kind_display()}, {organisation.municipality.name}",
        since=organisation.created_at,
        action=(_("Prüfen"), reverse("regiokit_organisations:verify", args=[organisation.pk])),
    )
