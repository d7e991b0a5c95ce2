"""Days, times, distances and prices as people say them in German.

Template filters, and plain functions for everything else that writes texts. Days and hours are those of the current
time zone (`TIME_ZONE`).
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

register = template.Library()

DAYS_AGO = 14
"""Up to so many days back a day is told by its distance ("vor 6 Tagen"), after that by its date."""


@register.filter
def day(value: date | datetime | None) -> str:
    """Return the day: "heute", "morgen", "gestern", "Sa., 12. Dezember", with the year when it is not this one."""
    if not (found := _local_date(value)):
        return ""
    today = timezone.localdate()
    near = {0: _("heute"), 1: _("morgen"), -1: _("gestern")}
    return near.get((found - today).days) or full_day(found)


@register.filter
def full_day(value: date | datetime | None) -> str:
    """Return the day by its date, for what is read later (mails, print): "Sa., 12. Dezember 2026" in another year."""
    if not (found := _local_date(value)):
        return ""
    year = "" if found.year == timezone.localdate().year else " Y"
    return date_format(found, f"D., j. F{year}")


@register.filter
def clock(value: datetime | None) -> str:
    """Return the hour without its unit: "14", "14:30"."""
    if not isinstance(value, datetime):
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return date_format(local, "G" if local.minute == 0 else "G:i")


@register.filter
def when(start: datetime | None, end: datetime | None = None) -> str:
    """Return day and time: "Sa., 12. Dezember, 14–17 Uhr"; over midnight both days, without an end "…, 14 Uhr"."""
    if not isinstance(start, datetime):
        return day(start)
    if not isinstance(end, datetime):
        return _("%(day)s, %(hour)s Uhr") % {"day": day(start), "hour": clock(start)}
    if _local_date(start) == _local_date(end):
        return _("%(day)s, %(start)s–%(end)s Uhr") % {"day": day(start), "start": clock(start), "end": clock(end)}
    return f"{when(start)} – {when(end)}"


@register.filter
def full_when(value: datetime | None) -> str:
    """Return a moment by its date, for mails: "Sa., 12. Dezember, 14:30 Uhr"."""
    if not isinstance(value, datetime):
        return full_day(value)
    return _("%(day)s, %(hour)s Uhr") % {"day": full_day(value), "hour": clock(value)}


@register.filter
def km(value: float | None) -> str:
    """Return a distance given in km: "4 km", below 1 km in full hundreds of metres ("300 m")."""
    if value in (None, ""):
        return ""
    metres = float(value) * 1000
    if metres < 950:
        return _("%(metres)s m") % {"metres": max(100, round(metres / 100) * 100)}
    return _("%(km)s km") % {"km": number_format(round(metres / 1000), force_grouping=True)}


@register.filter
def euro(cents: int | None) -> str:
    """Return a price given in cents: "12 Euro", "12,50 Euro", "1.250 Euro"; "kostenlos" for nothing."""
    if cents in (None, ""):
        return ""
    if int(cents) == 0:
        return _("kostenlos")
    whole, rest = divmod(int(cents), 100)
    return _("%(amount)s Euro") % {
        "amount": number_format(whole, force_grouping=True) + (f",{rest:02d}" if rest else "")
    }


@register.filter
def ago(value: datetime | date | None) -> str:
    """Return how long something is past: "gerade eben", "vor 5 Minuten", "gestern", "vor 6 Tagen", "am 3. November"."""
    if isinstance(value, datetime):
        moment = value if timezone.is_aware(value) else timezone.make_aware(value)
        minutes = int((timezone.now() - moment).total_seconds() // 60)
        if minutes < 2:
            return _("gerade eben")
        if minutes < 60:
            return ngettext("vor %(number)s Minute", "vor %(number)s Minuten", minutes) % {"number": minutes}
        if minutes < 12 * 60 or _local_date(value) == timezone.localdate():
            return ngettext("vor %(number)s Stunde", "vor %(number)s Stunden", minutes // 60) % {
                "number": minutes // 60
            }
    if not (found := _local_date(value)):
        return ""
    days = (timezone.localdate() - found).days
    if days < 2:
        return day(found)
    if days <= DAYS_AGO:
        return ngettext("vor %(number)s Tag", "vor %(number)s Tagen", days) % {"number": days}
    return on_date(found)


@register.filter
def since(value: datetime | date | None) -> str:
    """Return how long something lasts: "seit eben", "seit 5 Minuten", "seit 3 Stunden", "seit 3 Tagen", "seit 2 Monaten"."""
    if isinstance(value, datetime):
        minutes = int((timezone.now() - value).total_seconds() // 60)
        if minutes < 2:
            return _("seit eben")
        if minutes < 60:
            return ngettext("seit %(number)s Minute", "seit %(number)s Minuten", minutes) % {"number": minutes}
        if minutes < 24 * 60:
            hours = minutes // 60
            return ngettext("seit %(number)s Stunde", "seit %(number)s Stunden", hours) % {"number": hours}
    if not (found := _local_date(value)):
        return ""
    days = (timezone.localdate() - found).days
    if days < 1:
        return _("seit heute")
    if days < 60:
        return ngettext("seit %(number)s Tag", "seit %(number)s Tagen", days) % {"number": days}
    if days < 730:
        return _("seit %(number)s Monaten") % {"number": days * 12 // 365}
    return _("seit %(number)s Jahren") % {"number": days // 365}


@register.filter
def due(value: datetime | date | None) -> str:
    """Return when something must be done: "noch 5 Stunden", "noch 3 Tage", "heute fällig", "seit 2 Tagen überfällig"."""
    if isinstance(value, datetime) and value > timezone.now():
        return left(value)
    if not (found := _local_date(value)):
        return ""
    days = (found - timezone.localdate()).days
    if days > 0:
        return ngettext("noch %(number)s Tag", "noch %(number)s Tage", days) % {"number": days}
    return _("heute fällig") if days == 0 else _("%(since)s überfällig") % {"since": since(found)}


@register.filter
def on_date(value: date | datetime | None) -> str:
    """Return "am 3. November", with the year when it is not this one."""
    if not (found := _local_date(value)):
        return ""
    return _on_date(found, found.year == timezone.localdate().year, get_language())


@lru_cache(maxsize=1024)
def _on_date(found: date, this_year: bool, _language: str | None) -> str:
    return _("am %(date)s") % {"date": date_format(found, "j. F" if this_year else "j. F Y")}


@register.filter
def left(value: datetime | None) -> str:
    """Return how much time is left until a moment: "noch 3 Tage", "noch 5 Stunden", "noch 20 Minuten", "abgelaufen"."""
    if not isinstance(value, datetime):
        return ""
    rest = value - timezone.now()
    if rest <= timedelta(0):
        return _("abgelaufen")
    minutes = max(1, int(rest.total_seconds() // 60))
    if minutes < 60:
        return ngettext("noch %(number)s Minute", "noch %(number)s Minuten", minutes) % {"number": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("noch %(number)s Stunde", "noch %(number)s Stunden", hours) % {"number": hours}
    return ngettext("noch %(number)s Tag", "noch %(number)s Tage", hours // 24) % {"number": hours // 24}


def _local_date(value) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None
