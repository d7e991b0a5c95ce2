"""Template tags of the shared elements (see docs/elements.md)."""

from django import template
from django.forms import Widget
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def widget(field: BoundField | BoundWidget, css_class: str = "") -> SafeString:
    """Draw the widget of a bound field with further CSS classes.

    `field` is a bound field, or one option of a group of radio buttons or checkboxes (what iterating over such a
    field yields). `css_class` holds class names divided by blanks; they are added to those the form gave its widget.
    """
    if isinstance(field, BoundWidget):
        return _option(field, css_class)
    attrs = {"class": _joined(field.field.widget.attrs.get("class"), css_class)}
    if field.use_fieldset and not _parts_are_named(field.field.widget):
        attrs["aria-label"] = str(field.label)
    return field.as_widget(attrs=attrs)


def _parts_are_named(many: Widget) -> bool:
    """Say whether the inputs of a widget of several parts (date and time, say) have names of their own."""
    return any("aria-label" in part.attrs for part in getattr(many, "widgets", ()))


def _option(option: BoundWidget, css_class: str) -> SafeString:
    attrs = {**option.data["attrs"], "class": _joined(option.data["attrs"].get("class"), css_class)}
    # WAI-ARIA 1.2 knows no aria-invalid on single radio buttons: the group's message and the summary tell.
    attrs.pop("aria-invalid", None)
    return BoundWidget(option.parent_widget, {**option.data, "attrs": attrs}, option.renderer).tag()


def _joined(*classes: str | None) -> str | bool:
    return " ".join(name for name in classes if name) or False
