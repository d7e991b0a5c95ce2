"""What a plugin mounts beside its list: the pages of a saved search and the feeds of a question."""

from importlib.util import find_spec

from django.urls import URLPattern, path

from regiokit.search.alerts import feeds, views
from regiokit.search.contract import SearchSource


def alert_urls(source: SearchSource) -> list[URLPattern]:
    """Return the addresses for a source; its `list_url` names the plugin whose namespace they belong to.

    The calendar is there where the package icalendar is.
    """
    given = {"source": source}
    below = "benachrichtigung/"
    found = [
        path(below, views.alert_new, given, name="alert_new"),
        path(f"{below}gesendet/", views.alert_sent, given, name="alert_sent"),
        path(f"{below}bestaetigen/<str:token>/", views.alert_confirm, given, name="alert_confirm"),
        path(f"{below}beenden/<str:token>/", views.alert_stop, given, name="alert_stop"),
        path(f"{below}daten/<str:token>/", views.alert_data, given, name="alert_data"),
        path(f"{below}<str:token>/", views.alert, given, name="alert"),
        path("feed/", feeds.feed, given, name="feed"),
    ]
    if find_spec("icalendar"):
        from regiokit.search.alerts.calendar_file import calendar

        found.append(path("kalender.ics", calendar, given, name="calendar"))
    return found
