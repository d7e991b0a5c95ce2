"""How the duties' pages say things."""

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def period(days: int) -> str:
    """Return a number of days as people say it: 365 is a year, 90 are three months, 30 stay 30 days."""
    if days >= 365 and days % 365 == 0:
        return ngettext("ein Jahr", "%(number)s Jahre", days // 365) % {"number": days // 365}
    if days >= 60 and days % 30 == 0:
        return ngettext("ein Monat", "%(number)s Monate", days // 30) % {"number": days // 30}
    return ngettext("ein Tag", "%(number)s Tage", days) % {"number": days}
