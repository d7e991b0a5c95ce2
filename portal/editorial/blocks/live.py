"""Live entries of a plugin inside an editor's page."""

import re

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, StructBlock

from portal.editorial import live
from portal.plugins import discover
from regiokit.places.models import Municipality

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def plugin_choices() -> list[tuple[str, str]]:
    """Return the installed plugins with live entries, also those that are off: nothing must be lost on saving."""
    enabled = {plugin.app for plugin in settings.PLUGINS}
    return [
        (
            plugin.app,
            plugin.live.label if plugin.app in enabled else f"{plugin.live.label} ({_('zurzeit ausgeschaltet')})",
        )
        for plugin in discover(None)
        if plugin.live
    ]


def town_choices() -> list[tuple[str, str]]:
    """Return the towns of the region as AGS and name."""
    return list(Municipality.objects.filter(county_ags=settings.REGION.ags).values_list("ags", "name"))


class KeptChoiceField(forms.ChoiceField):
    """Accepts the name of a plugin that is not installed any more: it may come back."""

    def valid_value(self, value):
        """Accept every word that can name a plugin."""
        return super().valid_value(value) or bool(_NAME.fullmatch(str(value)))


class PluginChoiceBlock(ChoiceBlock):
    """A choice among the plugins."""

    def __init__(self, **kwargs):
        super().__init__(choices=plugin_choices, **kwargs)

    def get_field(self, **kwargs):
        """Use the field that keeps unknown names."""
        return KeptChoiceField(**kwargs)


class LiveEntriesBlock(StructBlock):
    """The newest entries of a plugin. Holds only its name and parameters, so that it outlives the plugin's rest."""

    plugin = PluginChoiceBlock(label=_("Was soll erscheinen?"))
    title = CharBlock(label=_("Überschrift"), max_length=120, required=False)
    town = ChoiceBlock(
        choices=town_choices, label=_("Nur aus diesem Ort"), required=False, help_text=_("Leer: aus dem ganzen Kreis.")
    )
    limit = IntegerBlock(label=_("Wie viele?"), min_value=1, max_value=12, default=3)

    def get_context(self, value, parent_context=None):
        """Add the `section`: None while the plugin is switched off, and then nothing is drawn."""
        context = super().get_context(value, parent_context=parent_context)
        context["section"] = live.section(
            value.get("plugin") or "",
            title=value.get("title") or "",
            town=value.get("town") or "",
            limit=value.get("limit") or 3,
        )
        return context

    class Meta:
        label = _("Aktuelle Einträge")
        icon = "rotate"
        template = "editorial/blocks/live.html"
        description = _("Zeigt neue Einträge aus einem Bereich des Portals; sie aktualisieren sich von selbst.")
