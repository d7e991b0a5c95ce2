"""Repetition of events: rules that are understood and refused, days, hours over the clock change, and German words."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.editorial.recurrence import Rule, Schedule, WrongRule, last_day, occurrence_days, parse_rule, rule_words
from portal.editorial.recurrence.expansion import MOST
from portal.editorial.recurrence.rules import MONTHLY, WEEKLY

TUESDAY = date(2026, 12, 8)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270330",
        "FREQ=MONTHLY;BYDAY=2TU;COUNT=6",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=15",
    ],
)
def test_rules_are_read_and_written_alike(text):
    assert str(parse_rule(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY",
        "FREQ=YEARLY",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;BYDAY=TU;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=TU;INTERVAL=-1",
        "FREQ=WEEKLY;BYDAY=TU;INTERVAL=99999999999",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=0",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=501",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=2;UNTIL=20270101",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270230",
        "FREQ=WEEKLY;BYDAY=TU;BYDAY=WE",
        "FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=5TU",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=15;BYDAY=2TU",
        "INTERVAL=2",
        "x",
        "FREQ=WEEKLY;BYDAY=TU;;",
        "FREQ=WEEKLY\r\nBYDAY=TU",
    ],
)
def test_nonsense_is_refused_in_german(text):
    with pytest.raises(WrongRule) as refused:
        parse_rule(text)
    assert str(refused.value).endswith(".")


rules = st.one_of(
    st.builds(
        Rule,
        freq=st.just(WEEKLY),
        interval=st.integers(1, 52),
        weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
        count=st.none() | st.integers(1, 500),
    ),
    st.builds(
        Rule,
        freq=st.just(MONTHLY),
        interval=st.integers(1, 52),
        month_day=st.integers(1, 28),
        until=st.none() | st.dates(date(2026, 1, 1), date(2036, 1, 1)),
    ),
    st.builds(
        Rule,
        freq=st.just(MONTHLY),
        interval=st.integers(1, 52),
        nth=st.sampled_from([-1, 1, 2, 3, 4]),
        weekdays=st.integers(0, 6).map(lambda day: (day,)),
        count=st.none() | st.integers(1, 500),
    ),
)


@given(rule=rules, start=st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_every_rule_comes_back_from_its_text_and_ends(rule, start):
    assert parse_rule(str(rule)) == rule
    days = list(occurrence_days(start, rule, since=start, until=date(2100, 1, 1)))
    assert len(days) <= MOST
    assert days == sorted(set(days))
    assert all(day >= start for day in days)
    assert rule_words(rule)
    assert (last_day(start, rule) is None) == rule.endless


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", [(12, 8), (12, 15), (12, 22)]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", [(12, 8), (12, 10), (12, 22)]),
        ("FREQ=MONTHLY;BYDAY=2TU", [(12, 8), (1, 12), (2, 9)]),
        ("FREQ=MONTHLY;BYDAY=-1FR", [(12, 25), (1, 29), (2, 26)]),
        ("FREQ=MONTHLY;BYMONTHDAY=8", [(12, 8), (1, 8), (2, 8)]),
    ],
)
def test_days_of_a_rule(rule, wanted):
    days = occurrence_days(TUESDAY, parse_rule(rule), since=TUESDAY, until=date(2027, 12, 31))
    assert [(day.month, day.day) for day in islice(days, 3)] == wanted


def test_days_without_are_left_out_and_count_all_the_same():
    rule = parse_rule("FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    days = list(occurrence_days(TUESDAY, rule, without={date(2026, 12, 15)}, since=TUESDAY, until=date(2028, 1, 1)))
    assert days == [TUESDAY, date(2026, 12, 22)]
    assert last_day(TUESDAY, rule, without={date(2026, 12, 22)}) == date(2026, 12, 15)


def test_the_hour_stays_when_the_clock_changes():
    schedule = Schedule(
        start_on=date(2026, 10, 20), start_time=time(19), end_time=time(21), rule=parse_rule("FREQ=WEEKLY;BYDAY=TU")
    )
    before, after = islice(schedule.occurrences(since=date(2026, 10, 20), until=date(2026, 11, 1)), 2)
    assert (before.starts.astimezone(UTC).hour, after.starts.astimezone(UTC).hour) == (17, 18)
    assert before.words.endswith("19–21 Uhr")
    assert after.words.endswith("19–21 Uhr")


def test_an_hour_that_the_clock_skips_still_takes_place():
    schedule = Schedule(start_on=date(2027, 3, 28), start_time=time(2, 30), end_time=time(4))
    (found,) = schedule.occurrences(since=date(2027, 3, 28), until=date(2027, 3, 28))
    assert found.starts < found.ends


@pytest.mark.parametrize(
    ("rule", "hours", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", (19, 21), "jeden Dienstag, 19–21 Uhr"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", (9, None), "jeden Dienstag und Donnerstag, 9 Uhr"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", (19, 21), "alle 2 Wochen am Dienstag, 19–21 Uhr"),
        ("FREQ=MONTHLY;BYDAY=2TU", (19, 21), "jeden 2. Dienstag im Monat, 19–21 Uhr"),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", (19, 21), "jeden letzten Freitag im Monat, insgesamt 3 Mal, 19–21 Uhr"),
        ("FREQ=MONTHLY;BYMONTHDAY=8", (None, None), "am 8. jedes Monats, ganztägig"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=8", (8, 9), "alle 3 Monate am 8., 8–9 Uhr"),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270330", (19, 21), "jeden Dienstag, bis 30. März 2027, 19–21 Uhr"),
    ],
)
def test_people_say_it_like_this(rule, hours, words):
    start, end = (hour and time(hour) for hour in hours)
    assert Schedule(start_on=TUESDAY, start_time=start, end_time=end, rule=parse_rule(rule)).words == words


def test_it_is_over_after_the_last_occurrence():
    once = Schedule(start_on=TUESDAY, start_time=time(19), end_time=time(21))
    assert once.over_at == datetime(2026, 12, 8, 20, tzinfo=UTC)
    assert Schedule(start_on=TUESDAY, start_time=time(19)).over_at - once.over_at == timedelta(0)
    assert Schedule(start_on=TUESDAY).over_at == datetime(2026, 12, 8, 23, tzinfo=UTC)
    days = Schedule(start_on=TUESDAY, end_on=date(2026, 12, 10))
    assert days.over_at == datetime(2026, 12, 10, 23, tzinfo=UTC)
    assert Schedule(start_on=TUESDAY, rule=parse_rule("FREQ=WEEKLY;BYDAY=TU")).over_at is None
    finite = Schedule(start_on=TUESDAY, start_time=time(19), rule=parse_rule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261229"))
    assert finite.over_at == datetime(2026, 12, 29, 20, tzinfo=UTC)


def test_what_began_before_the_period_and_lasts_into_it_is_found():
    days = Schedule(start_on=date(2026, 12, 7), end_on=date(2026, 12, 11))
    assert len(list(days.occurrences(since=date(2026, 12, 10), until=date(2026, 12, 31)))) == 1
    assert list(days.occurrences(since=date(2026, 12, 12), until=date(2026, 12, 31))) == []
