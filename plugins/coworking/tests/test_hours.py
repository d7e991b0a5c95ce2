"""Opening hours: local time, the Land's holidays, days on which the clock changes, words."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from coworking.domain import hours, hours_words
from coworking.domain.public_holidays import holiday_name, land_of
from coworking.validators import tidy_opening_hours, validate_opening_hours

BERLIN = ZoneInfo("Europe/Berlin")
NRW, RLP, BERLIN_AGS, HESSEN = "05558012", "07231134", "11000000", "06412000"
WEEKDAYS = "Mo-Fr 08:00-18:00; Sa 09:00-13:00; PH off"


def place(text, ags=NRW):
    return SimpleNamespace(opening_hours=text, municipality_id=ags)


def at(*parts):
    return datetime(*parts, tzinfo=BERLIN)


def test_every_land_has_its_code():
    assert land_of("05558012") == "NW"
    assert land_of("07231134") == "RP"
    assert land_of("") == land_of("99") == ""


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 6, 4), "Fronleichnam"),
        (date(2027, 11, 1), "Allerheiligen"),
        (date(2026, 1, 1), "Neujahr"),
        (date(2026, 5, 1), "Erster Mai"),
        (date(2026, 12, 31), ""),
        (date(2026, 10, 31), ""),
    ],
)
def test_holidays_of_north_rhine_westphalia(day, name):
    assert holiday_name("NW", day) == name


@pytest.mark.parametrize("day", [(2026, 6, 4), (2027, 11, 1), (2026, 1, 1), (2026, 4, 3), (2026, 12, 25)])
def test_closed_on_every_holiday_of_the_land(day):
    """Corpus Christi and All Saints are holidays of the Land, which the parser alone does not know."""
    assert not hours.is_open(place(WEEKDAYS), at(*day, 10))
    assert hours.open_until(place(WEEKDAYS), at(*day, 10)) is None
    assert hours_words.hours_of(place(WEEKDAYS), date(*day)) == "geschlossen"


def test_a_holiday_counts_only_in_its_land():
    assert hours.is_open(place(WEEKDAYS, HESSEN), at(2027, 11, 1, 10))
    assert hours.is_open(place(WEEKDAYS, BERLIN_AGS), at(2026, 6, 4, 10))
    assert not hours.is_open(place(WEEKDAYS, RLP), at(2026, 6, 4, 10))
    assert not hours.is_open(place(WEEKDAYS, ""), at(2026, 5, 1, 10))


def test_new_years_eve_is_an_ordinary_day():
    assert hours.is_open(place(WEEKDAYS), at(2026, 12, 31, 17, 59))
    assert not hours.is_open(place("Mo-Fr 08:00-18:00; Dec 24,Dec 31 off"), at(2026, 12, 31, 10))


def test_holidays_may_have_hours_of_their_own():
    assert hours.is_open(place("Mo-Fr 08:00-18:00; PH 10:00-12:00"), at(2026, 6, 4, 11))
    assert not hours.is_open(place("Mo-Fr 08:00-18:00; PH 10:00-12:00"), at(2026, 6, 4, 13))
    assert hours.is_open(place("Su,PH 10:00-12:00"), at(2026, 6, 4, 11))
    assert not hours.is_open(place("Su,PH 10:00-12:00"), at(2026, 6, 11, 11))
    assert hours.is_open(place('Mo-Fr 08:00-18:00 "PH mit Schlüssel"'), at(2026, 6, 4, 11))


def test_round_the_clock_stays_open_on_holidays():
    always = place("24/7")
    assert hours.is_open(always, at(2026, 12, 25, 3))
    assert hours.open_until(always, at(2026, 12, 25, 3)) is None
    assert hours_words.status(always, at(2026, 12, 25, 3)) == "durchgehend geöffnet"
    assert hours_words.hours_of(always, date(2026, 12, 25)) == "rund um die Uhr"
    assert not hours.is_open(place("24/7; PH off"), at(2026, 12, 25, 3))
    assert hours.open_until(place("24/7; PH off"), at(2026, 12, 24, 12)) == at(2026, 12, 25)


def test_the_moment_of_closing_is_closed():
    assert hours.is_open(place(WEEKDAYS), at(2026, 11, 23, 8))
    assert not hours.is_open(place(WEEKDAYS), at(2026, 11, 23, 18))
    assert hours.open_until(place(WEEKDAYS), at(2026, 11, 23, 12)) == at(2026, 11, 23, 18)


def test_moments_in_utc_mean_the_local_hour_in_winter_and_summer():
    assert hours.is_open(place(WEEKDAYS), datetime(2026, 11, 23, 16, 59, tzinfo=UTC))
    assert not hours.is_open(place(WEEKDAYS), datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
    assert not hours.is_open(place(WEEKDAYS), datetime(2026, 7, 13, 16, 0, tzinfo=UTC))
    assert hours.is_open(place(WEEKDAYS), datetime(2026, 7, 13, 6, 0, tzinfo=UTC))


def test_the_day_with_25_hours():
    """On 25 October 2026 the hour from 2 to 3 comes twice; both count."""
    night = place("Mo-Su 01:00-05:00")
    assert hours.is_open(night, datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert hours.is_open(night, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert hours.open_until(night, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)).utcoffset().total_seconds() == 3600
    assert hours.open_until(place("24/7"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) is None


def test_the_day_with_23_hours():
    """On 29 March 2026 half past two does not exist: whoever opens then opens at three."""
    early = place("Mo-Su 02:30-05:00")
    assert not hours.is_open(early, datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
    assert hours.is_open(early, datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    assert hours.open_until(place("Mo-Su 08:00-18:00"), datetime(2026, 3, 29, 8, 0, tzinfo=UTC)) == at(2026, 3, 29, 18)


def test_over_midnight():
    late = place("Fr-Sa 20:00-02:00")
    assert hours.is_open(late, at(2026, 11, 28, 1))
    assert hours.open_until(late, at(2026, 11, 27, 23)) == at(2026, 11, 28, 2)
    assert hours_words.status(late, at(2026, 11, 27, 23)) == "geöffnet bis morgen, 2 Uhr"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2026, 11, 23, 12), "geöffnet bis 18 Uhr"),
        (at(2026, 11, 23, 7), "geschlossen, öffnet heute um 8 Uhr"),
        (at(2026, 11, 23, 19), "geschlossen, öffnet morgen um 8 Uhr"),
        (at(2026, 11, 28, 14), "geschlossen, öffnet am Montag um 8 Uhr"),
        (at(2026, 12, 24, 19), "geschlossen, öffnet am Montag um 8 Uhr"),
    ],
)
def test_words_for_now(moment, words):
    assert hours_words.status(place(WEEKDAYS), moment) == words


def test_words_for_what_is_far_or_never_or_unknown():
    assert hours_words.status(place("2026 Dec 07 08:30-12:00"), at(2026, 11, 23, 12)) == (
        "geschlossen, öffnet am 7. Dezember um 8:30 Uhr"
    )
    assert hours_words.status(place("2020 Dec 07 08:30-12:00"), at(2026, 11, 23, 12)) == "zurzeit geschlossen"
    assert hours_words.status(place(""), at(2026, 11, 23, 12)) == "Öffnungszeiten nicht bekannt"
    assert hours_words.status(place("Mo-Su 08:00-24:00"), at(2026, 11, 23, 12)) == "geöffnet bis 24 Uhr"
    assert not hours.is_open(place("was auch immer"), at(2026, 11, 23, 12))


def test_the_week_names_its_holidays():
    rows = hours_words.week(place(WEEKDAYS), date(2026, 6, 3))
    assert [row.label for row in rows][:2] == ["Montag", "Dienstag"]
    assert rows[0].hours == "8–18 Uhr"
    assert (rows[3].hours, rows[3].holiday) == ("geschlossen", "Fronleichnam")
    assert rows[5].hours == "9–13 Uhr"
    assert rows[6].hours == "geschlossen"


def test_breaks_and_remarks_are_told():
    assert hours_words.hours_of(place("Mo 08:00-12:00,14:00-18:30"), date(2026, 11, 23)) == "8–12 und 14–18:30 Uhr"
    noted = place('Mo 08:00-12:00 "mit Schlüssel"')
    assert hours_words.hours_of(noted, date(2026, 11, 23)) == "8–12 Uhr (mit Schlüssel)"


@pytest.mark.parametrize("text", ["24/7", WEEKDAYS, "Mo,Tu,Th,Fr 08:30-17:30; PH off", "Tu-Fr 10:00-21:00; Dec 24 off"])
def test_good_hours_are_accepted(text):
    validate_opening_hours(text)
    assert tidy_opening_hours(text) == text


@pytest.mark.parametrize(
    "text", ["", "immer", "Mo-Fr 8-18", "Mo-Fr 25:00-30:00", "Mo\x00", "x" * 100_000, "SH 10:00-12:00", "PH -1 day off"]
)
def test_wrong_hours_are_refused_in_german(text):
    with pytest.raises(ValidationError, match=r"Schreiben Sie|[Nn]ennen Sie"):
        validate_opening_hours(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Mo-Fr 8-18 Uhr", "Mo-Fr 08:00-18:00"),
        ("Mo–Do 8–17 Uhr, Fr 8–13 Uhr", "Mo-Th 08:00-17:00; Fr 08:00-13:00"),
        ("Mo bis Fr 8.30 bis 17.30 Uhr", "Mo-Fr 08:30-17:30"),
        ("Di, Do 9-12 und 14-18 Uhr", "Tu,Th 09:00-12:00,14:00-18:00"),
        ("Mo-Fr 8-18 Uhr, So geschlossen", "Mo-Fr 08:00-18:00; Su off"),
        ("Mo-Fr 8-18 Uhr; an Feiertagen geschlossen", "Mo-Fr 08:00-18:00; PH off"),
    ],
)
def test_what_people_type_is_understood(typed, meant):
    tidied = tidy_opening_hours(typed)
    assert tidied == meant
    validate_opening_hours(tidied)
