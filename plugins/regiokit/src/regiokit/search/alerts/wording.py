"""A question in words: "Vorlesen in Mölln und 10 km, einmal in der Woche"."""

from django import forms
from django.utils.translation import gettext as _

from regiokit.search.contract import SearchSource

LONGEST = 500


def in_words(source: SearchSource, form: forms.Form) -> str:
    """Return what the checked parameters ask for, as people would say it."""
    cleaned = form.cleaned_data
    what = cleaned["q"] or str(source.label)
    if cleaned["near"]:
        values = {"what": what, "place": cleaned["near"].label, "km": f"{float(cleaned['radius'] or 10):g}"}
        what = _("%(what)s in %(place)s und %(km)s km") % values
    if cleaned["town"]:
        what = _("%(what)s nur in %(place)s") % {"what": what, "place": cleaned["town"].name}
    parts = [what]
    for facet in source.facets:
        labels = facet.labels()
        if not facet.live and (chosen := cleaned[facet.name]):
            parts.append(_(" oder ").join(str(labels[value]) for value in chosen))
    return ", ".join(parts)[:LONGEST]
