"""Words for days, times, distances and prices."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from regiokit.templatetags import regiokit_words as words


@pytest.mark.parametrize(("days", "text"), [(0, "heute"), (1, "morgen"), (-1, "gestern")])
def test_near_days_have_names(days, text):
    assert words.day(timezone.localdate() + timedelta(days=days)) == text


def test_other_days_are_said_with_weekday_and_a_foreign_year():
    assert words.day(date(2031, 12, 13)) == "Sa., 13. Dezember 2031"
    this_year = date(timezone.localdate().year, 1, 1)
    if abs((this_year - timezone.localdate()).days) > 1:
        assert words.day(this_year).endswith(", 1. Januar")


def test_times_are_those_of_berlin_in_summer_and_winter():
    start = datetime(2031, 12, 13, 13, 0, tzinfo=UTC)
    assert words.when(start, start + timedelta(hours=3)) == "Sa., 13. Dezember 2031, 14–17 Uhr"
    assert words.when(datetime(2031, 7, 12, 13, 30, tzinfo=UTC)) == "Sa., 12. Juli 2031, 15:30 Uhr"


def test_mails_name_the_date_even_of_tomorrow():
    tomorrow = timezone.now() + timedelta(days=1)
    assert "morgen" not in words.full_when(tomorrow)
    assert words.full_when(datetime(2031, 12, 13, 13, 5, tzinfo=UTC)) == "Sa., 13. Dezember 2031, 14:05 Uhr"


def test_over_midnight_both_days_are_named():
    start = datetime(2031, 12, 13, 21, 0, tzinfo=UTC)
    assert words.when(start, start + timedelta(hours=4)) == (
        "Sa., 13. Dezember 2031, 22 Uhr – So., 14. Dezember 2031, 2 Uhr"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "100 m"), (0.26, "300 m"), (0.94, "900 m"), (0.96, "1 km"), (4.4, "4 km"), (1234.6, "1.235 km"), (None, "")],
)
def test_distances(value, text):
    assert words.km(value) == text


@pytest.mark.parametrize(
    ("cents", "text"),
    [(1200, "12 Euro"), (1250, "12,50 Euro"), (5, "0,05 Euro"), (125000, "1.250 Euro"), (0, "kostenlos"), (None, "")],
)
def test_prices(cents, text):
    assert words.euro(cents) == text


@pytest.mark.parametrize(
    ("past", "text"),
    [
        (timedelta(seconds=20), "gerade eben"),
        (timedelta(minutes=5), "vor 5 Minuten"),
        (timedelta(hours=1, minutes=2), "vor 1 Stunde"),
        (timedelta(hours=11), "vor 11 Stunden"),
        (timedelta(days=6), "vor 6 Tagen"),
    ],
)
def test_what_is_past(past, text):
    assert words.ago(timezone.now() - past) == text


def test_what_is_long_past_has_a_date():
    assert words.ago(datetime(2020, 11, 3, 12, tzinfo=UTC)) == "am 3. November 2020"
    assert words.on_date(date(timezone.localdate().year, 11, 3)) == "am 3. November"


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (timedelta(days=3, minutes=1), "noch 3 Tage"),
        (timedelta(hours=5, minutes=1), "noch 5 Stunden"),
        (timedelta(minutes=20, seconds=30), "noch 20 Minuten"),
        (timedelta(seconds=-1), "abgelaufen"),
    ],
)
def test_what_is_left(ahead, text):
    assert words.left(timezone.now() + ahead) == text


@pytest.mark.parametrize("filter_", [words.day, words.when, words.km, words.euro, words.ago, words.on_date, words.left])
def test_nothing_stays_nothing(filter_):
    assert filter_(None) == ""
