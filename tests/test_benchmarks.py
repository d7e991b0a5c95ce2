"""What the benchmarks stand on: the offers are always the same ones, and ratios are taken within a round."""

from collections import Counter

import pytest

from benchmarks import offers, rounds
from benchmarks.vocabulary import nouns_between, words


def test_an_offer_is_the_same_alone_and_in_a_row():
    assert list(offers.offers(5, first=3))[2] == offers.offer(5) == offers.offer(5)
    assert offers.offer(5) != offers.offer(6)


def test_words_are_as_unequal_as_in_german():
    assert len(set(words())) == len(words())
    found = Counter(word for one in offers.offers(300) for word in one.description.split())
    [(_word, first), *_rest] = found.most_common(1)
    assert 0.01 < first / found.total() < 0.1
    assert sum(1 for count in found.values() if count == 1) > len(found) / 3
    assert set(nouns_between(20, 200, 5)) & set(found)


def test_places_lie_within_their_town_and_all_values_are_known():
    from ehrenamt.enums import Cause, Known, Mode, Suitable, Time
    from regiokit.places.region import read_region

    towns = {town["ags"]: town["outline"][0] for town in read_region(offers.REGION).municipalities}
    made = list(offers.offers(300))
    for one in made:
        assert 1 <= len(one.causes) <= 3
        assert {*one.causes} <= {*Cause.values}
        assert {*one.suitable_for} <= {*Suitable.values}
        assert one.time in {"", *Time.values}
        assert one.mode in Mode.values
        assert {*one.access.values()} <= {*Known.values}
        if one.ags:
            lons, lats = zip(*towns[one.ags], strict=True)
            assert min(lats) - 0.003 <= one.lat <= max(lats) + 0.003
            assert min(lons) - 0.004 <= one.lon <= max(lons) + 0.004
    assert {one.ags for one in made} == {*towns, None}


def test_a_ratio_compares_what_ran_in_the_same_round():
    times = {"raw": [1.0, 2.0, 4.0], "one": [2.0, 4.0, 8.0], "two": [1.0, 2.0, 4.0]}
    assert rounds.ratio(times, ["one"], ["raw"]).median == pytest.approx(2)
    assert rounds.ratio(times, ["one", "two"], ["raw", "two"]).median == pytest.approx(1.5)


def test_every_case_runs_in_every_round_and_the_warm_up_is_not_counted():
    calls = []
    times = rounds.run({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=4, warm_up=2)
    assert Counter(calls) == {"a": 6, "b": 6}
    assert {name: len(values) for name, values in times.items()} == {"a": 4, "b": 4}
    assert calls != ["a", "b"] * 6
