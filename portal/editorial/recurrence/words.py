"""How people say a repetition: "jeden 2. Dienstag im Monat"."""

from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from portal.editorial.recurrence.rules import WEEKLY, Rule


def rule_words(rule: Rule) -> str:
    """Return when it takes place, with its end: "jeden Dienstag, bis 30. März 2027"."""
    return _pattern(rule) + _end(rule)


def _pattern(rule: Rule) -> str:
    days = _joined([str(WEEKDAYS[day]) for day in rule.weekdays])
    values = {"days": days, "interval": rule.interval, "day": rule.month_day, "nth": _nth(rule.nth)}
    if rule.freq == WEEKLY:
        return (_("jeden %(days)s") if rule.interval == 1 else _("alle %(interval)s Wochen am %(days)s")) % values
    if rule.month_day:
        once, seldom = _("am %(day)s. jedes Monats"), _("alle %(interval)s Monate am %(day)s.")
    else:
        once, seldom = _("jeden %(nth)s %(days)s im Monat"), _("alle %(interval)s Monate am %(nth)s %(days)s")
    return (once if rule.interval == 1 else seldom) % values


def _nth(nth: int) -> str:
    return _("letzten") if nth < 0 else f"{nth}."


def _joined(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s und %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _end(rule: Rule) -> str:
    if rule.until:
        return _(", bis %(day)s") % {"day": _date(rule.until)}
    if rule.count:
        return _(", insgesamt %(count)s Mal") % {"count": rule.count}
    return ""


def _date(day: date) -> str:
    return date_format(day, "j. F Y")
