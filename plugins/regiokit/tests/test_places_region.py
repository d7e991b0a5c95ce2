"""Region files are right and small; loading them is repeatable and all or nothing."""

import json
from functools import reduce
from importlib import resources

import pytest
import shapely
from django.core.management import CommandError, call_command
from shapely.geometry import Point, Polygon

from regiokit.places.models import Municipality, PostalCode
from regiokit.places.region import UnknownRegion, known_regions, load_region, read_region

COESFELD = {
    "48249": ("05558016", "Dülmen"),
    "48301": ("05558032", "Nottuln"),
    "48308": ("05558044", "Senden"),
    "48329": ("05558020", "Havixbeck"),
    "48653": ("05558012", "Coesfeld"),
    "48720": ("05558040", "Rosendahl"),
    "48727": ("05558008", "Billerbeck"),
    "59348": ("05558024", "Lüdinghausen"),
    "59387": ("05558004", "Ascheberg"),
    "59394": ("05558028", "Nordkirchen"),
    "59399": ("05558036", "Olfen"),
}


def shape_of(town: dict) -> shapely.Geometry:
    return reduce(shapely.symmetric_difference, [Polygon(ring) for ring in town["outline"]])


@pytest.fixture(params=known_regions())
def region(request):
    return read_region(request.param)


def content(slug="coesfeld") -> dict:
    return json.loads(resources.files("regiokit.places").joinpath("data", f"{slug}.json").read_text(encoding="utf-8"))


def write(path, region) -> str:
    path.write_text(json.dumps(region), encoding="utf-8")
    return str(path)


def everything() -> tuple:
    return list(Municipality.objects.values()), list(PostalCode.objects.values())


def test_coesfeld_has_its_eleven_towns_and_postal_codes(db):
    load_region("coesfeld")
    rows = PostalCode.objects.select_related("municipality")
    assert {row.code: (row.municipality_id, row.municipality.name) for row in rows} == COESFELD
    assert Municipality.objects.filter(county_ags="05558").count() == 11


def test_each_file_says_who_made_the_data_and_stays_small(region):
    file = resources.files("regiokit.places").joinpath("data", f"{region.slug}.json")
    assert len(file.read_bytes()) < 200_000
    assert {entry["what"] for entry in region.licences} == {"municipalities", "postal_codes"}
    assert all(entry["attribution"].startswith("©") and entry["licence"] for entry in region.licences)


def test_each_town_has_a_valid_outline_around_its_point_inside_the_box(region):
    box = shapely.box(*region.bbox)
    for town in region.municipalities:
        shape = shape_of(town)
        assert shape.is_valid, town["name"]
        assert shape.contains(Point(town["lon"], town["lat"])), town["name"]
        assert box.covers(shape), town["name"]
        assert len(town["ags"]) == 8


def test_neighbours_share_their_border(region):
    assert shapely.coverage_is_valid([shape_of(town) for town in region.municipalities])


def test_each_town_has_a_postal_code(region):
    assert {town["ags"] for town in region.municipalities} == {row["ags"] for row in region.postal_codes}
    assert all(len(row["code"]) == 5 and row["code"].isdigit() for row in region.postal_codes)


def test_loading_again_writes_nothing(db, django_assert_num_queries, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        load_region("coesfeld")
    before = everything()
    with django_assert_num_queries(4) as queries:
        load_region("coesfeld")
    assert not [query for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert everything() == before


def test_two_counties_live_side_by_side(db):
    load_region("coesfeld")
    load_region("bernkastel-wittlich")
    load_region("coesfeld")
    assert Municipality.objects.count() == 11 + 107


def test_a_changed_file_changes_rows_in_place_and_keeps_towns_that_left_it(db, tmp_path):
    load_region("coesfeld")
    senden_code = PostalCode.objects.get(code="48308").pk
    changed = content()
    changed["municipalities"] = [town for town in changed["municipalities"] if town["name"] != "Olfen"]
    changed["municipalities"][0]["name"] = "Ascheberg (Westfalen)"
    changed["postal_codes"] = [row for row in changed["postal_codes"] if row["code"] != "59399"]
    next(row for row in changed["postal_codes"] if row["code"] == "48308")["lat"] = 51.86
    load_region("coesfeld", path=write(tmp_path / "changed.json", changed))
    assert Municipality.objects.get(ags="05558004").name == "Ascheberg (Westfalen)"
    assert Municipality.objects.filter(name="Olfen").exists()
    assert not PostalCode.objects.filter(code="59399").exists()
    assert PostalCode.objects.get(pk=senden_code).lat == 51.86


def broken_json(region):
    return None


def missing_field(region):
    del region["municipalities"][3]["lat"]
    return region


def unknown_field(region):
    return region | {"more": 1}


def foreign_code(region):
    region["postal_codes"][0]["ags"] = "05558999"
    return region


def foreign_town(region):
    return region | {"ags": "09999"}


@pytest.mark.parametrize("spoil", [broken_json, missing_field, unknown_field, foreign_code, foreign_town])
def test_a_file_that_is_none_is_refused_and_nothing_is_written(db, tmp_path, spoil):
    with pytest.raises(ValueError, match="keine Regionsdatei"):
        load_region("x", path=write(tmp_path / "spoilt.json", spoil(content())))
    assert everything() == ([], [])


@pytest.mark.parametrize("slug", ["atlantis", "", "../coesfeld", "coesfeld.json", "x" * 10_000])
def test_an_unknown_region_is_refused_with_the_known_ones(slug):
    with pytest.raises(UnknownRegion, match="bernkastel-wittlich, coesfeld"):
        read_region(slug)


def test_the_command_loads_and_says_what_it_loaded(db, capsys):
    call_command("load_places", "coesfeld")
    assert capsys.readouterr().out == "Kreis Coesfeld: 11 Gemeinden, 11 Postleitzahlen.\n"
    assert Municipality.objects.count() == 11


def test_the_command_names_the_known_regions(db):
    with pytest.raises(CommandError, match="bernkastel-wittlich, coesfeld"):
        call_command("load_places", "atlantis")


def test_the_command_refuses_a_missing_file(db, tmp_path):
    with pytest.raises(CommandError, match="nicht lesbar"):
        call_command("load_places", "coesfeld", path=str(tmp_path / "missing.json"))
