"""Names of a list's columns and the values behind them, for the page and for the spreadsheet."""

from datetime import date, datetime

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

NOTHING = "–"


def label_of(log, name: str) -> str:
    """Return the German heading of a column: the list's own label, else the field's."""
    own = dict(log.labels)
    if name in own:
        return str(own[name])
    return capfirst(str(log.model._meta.get_field(name).verbose_name))


def order_of(log, name: str) -> str | None:
    """Return by what a column may be sorted: its own field, or None when it is none or the list keeps it unsorted."""
    if name in log.unsorted:
        return None
    try:
        field = log.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return None if field.is_relation else name


def value_of(row: Model, name: str):
    """Return the value: labels for choices, None where a relation is empty, otherwise what the row holds."""
    *relations, last = name.split(".")
    for relation in relations:
        row = getattr(row, relation)
        if row is None:
            return None
    label = getattr(row, f"get_{last}_display", None)
    return label() if label else getattr(row, last)


def shown(row: Model, name: str) -> str:
    """Return the value as a person reads it, in local time."""
    value = value_of(row, name)
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(value)
