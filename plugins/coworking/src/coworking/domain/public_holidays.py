"""Public holidays of a Land, by the key of a municipality."""

from datetime import date
from functools import lru_cache

import holidays

LANDS = {
    "01": "SH",
    "02": "HH",
    "03": "NI",
    "04": "HB",
    "05": "NW",
    "06": "HE",
    "07": "RP",
    "08": "BW",
    "09": "BY",
    "10": "SL",
    "11": "BE",
    "12": "BB",
    "13": "MV",
    "14": "SN",
    "15": "ST",
    "16": "TH",
}
"""The first two digits of the Amtlicher Gemeindeschlüssel (Destatis) and the Land's code in ISO 3166-2:DE."""


def land_of(ags: str) -> str:
    """Return the code of the Land ("NW") in which the municipality with that key lies; empty for an unknown key."""
    return LANDS.get(ags[:2], "")


def holiday_name(land: str, day: date) -> str:
    """Return the German name of the public holiday on that day in that Land, or an empty text.

    Without a Land the holidays of all Germany count. Holidays of single municipalities (Augsburg, Catholic communities
    in Bayern, Sachsen and Thüringen) are not known here.
    """
    return _holidays(land, day.year).get(day, "")


@lru_cache(maxsize=256)
def _holidays(land: str, year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("DE", subdiv=land or None, years=[year], language="de"))
