"""A device in words: the name of the browser and of the system, nothing that tells one person's device from another's."""

from django.utils.translation import gettext as _

# The first that fits counts: nearly every browser also calls itself Chrome or Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrom", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def in_words(user_agent: str) -> str:
    """Return words such as „Firefox, Windows“ for the `User-Agent` of a browser."""
    found = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    return ", ".join(filter(None, found)) or _("Unbekanntes Gerät")


def _first(names, user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
