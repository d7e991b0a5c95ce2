"""The map: right place, links that do not overlap, small, the same for the same input."""

import gzip
import json
import math
import re
from itertools import chain, starmap

import pytest

from regiokit.places.maps import GRID, Map, MapEntry, MapMarker, build_map, draw_outlines
from regiokit.places.models import Municipality
from regiokit.places.outlines import TownOutline, outlines_of
from regiokit.places.region import read_region

NUMBERS = re.compile(r"-?\d+")


def towns_of(slug: str) -> list[TownOutline]:
    return [
        TownOutline(row["ags"], row["name"], json.dumps(row["outline"])) for row in read_region(slug).municipalities
    ]


COESFELD = towns_of("coesfeld")
CENTRES = [(row["lat"], row["lon"], row["name"], f"/{row['ags']}/") for row in read_region("coesfeld").municipalities]


def draw(entries, *, towns=COESFELD, **more) -> Map:
    return build_map(
        starmap(MapEntry, entries),
        towns=towns,
        caption="Angebote im Kreis",
        group_label=lambda group: f"{len(group)} Angebote",
        group_url=lambda group: "/liste/?" + "&".join(entry.label for entry in group),
        **more,
    )


def ring_points(d: str) -> list[list[tuple[int, int]]]:
    """Read the path back into absolute points, as a browser would."""
    rings = []
    for ring in d.split("z")[:-1]:
        assert re.fullmatch(r"M\d+ \d+l[-\d ]+", ring)
        x, y, *steps = map(int, NUMBERS.findall(ring))
        points = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(points)
    return rings


def inside(x: int, y: int, rings: list) -> bool:
    """Even-odd rule, by counting the borders to the right."""
    crossed = 0
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                crossed += 1
    return crossed % 2 == 1


@pytest.mark.parametrize(("slug", "limit"), [("coesfeld", 2_500), ("bernkastel-wittlich", 3_500)])
def test_the_outlines_are_small_and_within_the_view_box(slug, limit):
    drawn = draw([], towns=towns_of(slug))
    assert len(gzip.compress("".join(path.d for path in drawn.paths).encode())) < limit
    assert drawn.view_box == f"0 0 {drawn.width} {drawn.height}"
    for path in drawn.paths:
        for x, y in chain.from_iterable(ring_points(path.d)):
            assert 0 <= x * drawn.scale <= drawn.width == 1000
            assert 0 <= y * drawn.scale <= drawn.height


def test_each_town_is_drawn_around_its_own_marker():
    drawn = draw(CENTRES)
    assert drawn.outside == 0
    assert [path.name for path in drawn.paths] == [town.name for town in COESFELD]
    for marker in drawn.markers:
        holders = [path.name for path in drawn.paths if inside(marker.x, marker.y, ring_points(path.d))]
        assert holders == [marker.label]


def test_north_is_up_and_lengths_are_true():
    west, east, north = draw(
        [(51.85, 7.30, "W", "/w"), (51.85, 7.40, "O", "/o"), (51.95, 7.30, "N", "/n")]
    ).markers  # fmt: skip
    assert north.y < west.y
    assert west.x < east.x
    assert (east.x - west.x) / (west.y - north.y) == pytest.approx(math.cos(math.radians(51.86)), abs=0.01)


def test_entries_at_one_place_share_a_marker():
    drawn = draw(
        [(51.85, 7.29, "A", "/a"), (51.70, 7.38, "B", "/b"), (51.85, 7.29, "C", "/c"), (51.8501, 7.2901, "D", "/d")]
    )
    first, second = drawn.markers
    assert (first.number, first.label, first.url) == (3, "3 Angebote", "/liste/?A&C&D")
    assert second == MapMarker(x=second.x, y=second.y, url="/b", label="B", number=1)


@pytest.mark.parametrize("grid", [GRID, 28])
def test_no_two_markers_overlap_and_no_entry_is_lost(grid):
    entries = [
        (51.68 + (i * 37 % 101) / 101 * 0.36, 7.07 + (i * 53 % 97) / 97 * 0.64, f"E{i}", f"/{i}") for i in range(400)
    ]
    drawn = draw(entries, grid=grid)
    assert sum(marker.number for marker in drawn.markers) + drawn.outside == 400
    for number, marker in enumerate(drawn.markers):
        for other in drawn.markers[number + 1 :]:
            assert math.dist((marker.x, marker.y), (other.x, other.y)) >= grid


def test_what_lies_outside_is_counted_not_drawn():
    drawn = draw(
        [(52.52, 13.40, "Berlin", "/"), (None, None, "Nirgends", "/"), (math.nan, 7.3, "NaN", "/"),
         (51.85, math.inf, "weit", "/"), (51.85, 7.29, "Dülmen", "/d")]
    )  # fmt: skip
    assert [marker.label for marker in drawn.markers] == ["Dülmen"]
    assert drawn.outside == 4


def test_the_same_input_gives_the_same_map():
    entries = [(51.7 + i / 1000, 7.2 + i / 700, f"E{i}", f"/{i}") for i in range(200)]
    draw_outlines.cache_clear()
    first = draw(entries)
    assert draw(iter(entries), towns=iter(towns_of("coesfeld"))) == first
    assert draw_outlines.cache_info().hits == 1


def test_a_changed_outline_is_drawn_anew():
    towns = towns_of("coesfeld")
    towns[0] = towns[0]._replace(rings="[[[7.6, 51.7], [7.7, 51.7], [7.7, 51.8]]]")
    assert draw([], towns=towns).paths[0] != draw([]).paths[0]


def test_the_width_scales_the_whole_map():
    small, large = draw([], width=500), draw([], width=1000)
    assert small.width == 500
    assert small.height == pytest.approx(large.height / 2, abs=12)


def test_a_region_that_is_not_loaded_gives_an_empty_map():
    drawn = draw([(51.85, 7.29, "A", "/a")], towns=[])
    assert (drawn.paths, drawn.markers, drawn.height, drawn.outside) == ((), (), 0, 1)


@pytest.mark.django_db
def test_the_outlines_of_the_database_are_those_of_the_region_and_change_at_once(county):
    [town] = outlines_of(Municipality.objects.filter(name="Dülmen"))
    before = draw([], towns=[town]).paths
    [expected] = draw([], towns=[one for one in COESFELD if one.name == "Dülmen"]).paths
    assert before == (expected,)
    Municipality.objects.filter(name="Dülmen").update(outline=[[[7.6, 51.7], [7.7, 51.7], [7.7, 51.8]]])
    assert draw([], towns=outlines_of(Municipality.objects.filter(name="Dülmen"))).paths != before
