"""What a list can be narrowed by: fields with choices, and days that lie behind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import DateField, DateTimeField, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

PERIODS = (
    ("today", _("heute")),
    ("week", _("in den letzten 7 Tagen")),
    ("month", _("in den letzten 30 Tagen")),
    ("older", _("vor mehr als 30 Tagen")),
)
FAR_BACK = {"today": 0, "week": 7, "month": 30, "older": 30}
"""Days from today's midnight, in the region."""


@dataclass(frozen=True)
class LogFilter:
    """One filter: the parameter, its German label, the values it takes, and how it narrows."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    narrow: Callable[[QuerySet, str], QuerySet]


def filters_of(log) -> list[LogFilter]:
    """Return the filters that the list declares. Raises TypeError for a field that has neither choices nor days."""
    return [_filter(log.model._meta.get_field(name)) for name in log.filters]


def _filter(field) -> LogFilter:
    label = capfirst(str(field.verbose_name))
    if field.choices:
        choices = tuple((str(value), label) for value, label in field.choices)
        return LogFilter(field.name, label, choices, lambda rows, value: rows.filter(**{field.name: value}))
    if isinstance(field, DateField):
        return LogFilter(field.name, label, PERIODS, lambda rows, value: _in_period(rows, field, value))
    raise TypeError(f"{field} has neither choices nor days.")


def _in_period(rows: QuerySet, field, period: str) -> QuerySet:
    first = timezone.localdate() - timedelta(days=FAR_BACK[period])
    if isinstance(field, DateTimeField):
        first = timezone.make_aware(datetime.combine(first, time.min))
    return rows.filter(**{f"{field.name}__{'lt' if period == 'older' else 'gte'}": first})
