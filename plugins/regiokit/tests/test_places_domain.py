"""What people type becomes a point; distances are right, alike in Python and in the database."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regiokit.places.domain import (
    EARTH_RADIUS_KM,
    Point,
    UnknownPlace,
    bounding_box,
    distance_km,
    near,
    resolve,
    within,
)
from regiokit.places.domain.resolve import fold
from regiokit.places.models import Municipality, PostalCode
from regiokit.places.region import load_region, read_region

COESFELD_CHURCH = Point(51.9456, 7.1672)
DUELMEN_CHURCH = Point(51.8313, 7.2803)


@pytest.fixture
def many_towns(db):
    return load_region("bernkastel-wittlich")


def angle_between(a: Point, b: Point) -> float:
    """Radians between two points from their vectors: another way than the one under test."""

    def vector(point):
        lat, lon = math.radians(point.lat), math.radians(point.lon)
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    (x, y, z), (u, v, w) = vector(a), vector(b)
    cross = math.hypot(y * w - z * v, z * u - x * w, x * v - y * u)
    return math.atan2(cross, x * u + y * v + z * w)


@pytest.mark.parametrize(
    "typed",
    ["Dülmen", "DÜLMEN", "dülmen", "Duelmen", "DUELMEN", "dulmen", "Du\u0308lmen", "  Dülmen\t", "Stadt Dülmen",
     "stadt  duelmen", "Dülmen, Stadt", "Gemeinde Dülmen", "Ｄｕｅｌｍｅｎ", "48249", " 48249 ", "D-48249", "48249 Duelmen"],
)  # fmt: skip
def test_a_town_is_found_in_any_spelling(county, typed):
    place = resolve(typed)
    assert place.municipality.ags == "05558016"
    assert distance_km(place.point, Point(51.8472, 7.2892)) < 0.1


def test_every_town_is_found_by_its_name_its_shouted_name_and_its_typed_out_umlauts(county, many_towns):
    for town in Municipality.objects.all():
        plain = town.name.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
        for spelling in (town.name, town.name.upper(), plain, plain.replace("-", " "), plain.replace(" ", "-")):
            assert resolve(spelling).municipality == town, spelling


def test_no_two_towns_of_a_region_share_a_key(county, many_towns):
    names = Municipality.objects.values_list("name", flat=True)
    assert len({fold(name) for name in names}) == len(names)


def test_the_beginning_of_a_long_name_is_enough_when_only_one_town_has_it(many_towns):
    assert resolve("graach").label == "Graach an der Mosel"
    assert resolve("Bernkastel").label == "Bernkastel-Kues"
    with pytest.raises(UnknownPlace):
        resolve("Gra")


def test_coordinates_are_a_place_without_a_town(county):
    place = resolve("51.94,7.16")
    assert (place.point, place.municipality) == (Point(51.94, 7.16), None)
    assert resolve("51.94, 7.16") == place


def test_a_shared_postal_code_names_its_towns_and_belongs_to_none(many_towns):
    place = resolve("54470")
    assert place.municipality is None
    assert place.label.startswith("54470 Bernkastel-Kues, ")
    assert resolve("54470 Lieser").municipality.name == "Lieser"


@pytest.mark.parametrize("typed", ["48653", "Coesfeld", "54470", "51.9,7.1", "48653 Coesfeld"])
def test_a_label_leads_back_to_its_place(county, many_towns, typed):
    place = resolve(typed)
    assert resolve(place.label) == place


@pytest.mark.parametrize("typed", ["Dülmen", "48249", "51.9,7.1"])
def test_one_query_is_enough(county, django_assert_max_num_queries, typed):
    with django_assert_max_num_queries(1):
        assert resolve(typed)


@pytest.mark.parametrize("typed", ["Nirgendheim", "99999", "x" * 100_000])
def test_one_query_is_enough_for_nonsense(county, django_assert_max_num_queries, typed):
    with django_assert_max_num_queries(1), pytest.raises(UnknownPlace) as unknown:
        resolve(typed)
    assert unknown.value.text == typed


@pytest.mark.parametrize(("typed", "meant"), [("Dulmn", "Dülmen"), ("Lüdinghsn", "Lüdinghausen"), ("48635", "48653")])
def test_an_unknown_place_is_named_and_the_closest_are_suggested(county, typed, meant):
    with pytest.raises(UnknownPlace) as caught:
        resolve(typed)
    assert f"„{typed}“" in str(caught.value)
    assert meant in str(caught.value).split("Meinten Sie: ")[1]


HOSTILE = [
    "", " ", "\t\n", "\0", "Dül\0men", "48653\0", "x" * 100_000, "48653," * 20_000, " " * 100_000, "Stadt " * 20_000,
    "48653,48653", "51.9;7.1", "NaN,7", "nan,nan", "1e309,7", "inf,7", "-51.9,7.1", "7.1,51.9", "51.9,-7.1", "0,0",
    "46.99,7", "51,16.01", "51,9,7,1", "51.9,", ",7.1", ",", "-", "%", "_", "'; DROP TABLE x; --", "<script>", "４８",
    "٤٨٦٥٣", "4865", "486533", "48653-48653", "0x10,7", "1_0,7", "\ud800", "\u202eDülmen", "Stadt", "a", "€", "🏡",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_place_is_refused_in_short_printable_german(county, typed):
    with pytest.raises(UnknownPlace) as caught:
        resolve(typed)
    assert caught.value.text == typed
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200
    assert str(caught.value).endswith((".", "?"))


@given(st.text(max_size=300))
def test_any_text_folds_to_letters_and_digits(typed):
    assert fold(typed) == "" or fold(typed).isalnum()


def test_without_any_region_every_town_is_unknown(db):
    for typed in ("Coesfeld", "48653"):
        with pytest.raises(UnknownPlace):
            resolve(typed)


def test_the_way_from_coesfeld_to_duelmen_is_about_15_km():
    found = distance_km(COESFELD_CHURCH, DUELMEN_CHURCH)
    assert found == pytest.approx(EARTH_RADIUS_KM * angle_between(COESFELD_CHURCH, DUELMEN_CHURCH), rel=1e-9)
    assert found == pytest.approx(15, abs=0.3)


def test_distances_at_the_ends_of_the_scale():
    assert distance_km(COESFELD_CHURCH, COESFELD_CHURCH) == 0
    assert distance_km(Point(0, 0), Point(0, 180)) == pytest.approx(math.pi * EARTH_RADIUS_KM)
    assert distance_km(Point(50, 7), Point(51, 7)) == pytest.approx(111.195, abs=0.001)


@given(
    st.floats(-85, 85), st.floats(-170, 170), st.floats(0, 300), st.floats(0, 2 * math.pi)
)  # fmt: skip
def test_the_box_holds_the_whole_circle(lat, lon, radius_km, bearing):
    angle, phi = radius_km / EARTH_RADIUS_KM, math.radians(lat)
    rim_sin = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing)
    rim_lat = math.degrees(math.asin(max(-1, min(1, rim_sin))))
    across = math.sin(bearing) * math.sin(angle) * math.cos(phi)
    rim_lon = lon + math.degrees(math.atan2(across, math.cos(angle) - math.sin(phi) * rim_sin))
    lat_min, lat_max, lon_min, lon_max = bounding_box(Point(lat, lon), radius_km)
    assert lat_min - 1e-6 <= rim_lat <= lat_max + 1e-6
    assert lon_min - 1e-6 <= rim_lon <= lon_max + 1e-6


def test_the_box_is_not_much_larger_than_the_circle():
    lat_min, lat_max, lon_min, lon_max = bounding_box(COESFELD_CHURCH, 10)
    assert (lat_max - lat_min) * 111.195 == pytest.approx(20, abs=0.01)
    assert (lon_max - lon_min) * 111.195 * math.cos(math.radians(51.9456)) == pytest.approx(20, abs=0.01)


@pytest.mark.parametrize("radius", [-1, math.nan])
def test_a_radius_that_is_none_is_refused(radius):
    with pytest.raises(ValueError, match="radius_km"):
        bounding_box(COESFELD_CHURCH, radius)


@pytest.mark.parametrize("radius_km", [0, 5, 12.5, 15, 40, 30_000])
def test_the_database_measures_as_python_does(county, radius_km):
    centre = resolve("48653").point
    expected = {
        town.name: distance_km(centre, Point(town.lat, town.lon))
        for town in Municipality.objects.all()
        if distance_km(centre, Point(town.lat, town.lon)) <= radius_km
    }
    found = within(Municipality.objects.all(), centre, radius_km).order_by("distance_km", "pk")
    assert {town.name: town.distance_km for town in found} == pytest.approx(expected, abs=1e-9)
    assert [town.name for town in found] == sorted(expected, key=expected.get)


def test_the_very_point_and_its_antipode_are_no_domain_errors(county):
    town = Municipality.objects.get(name="Senden")
    assert within(Municipality.objects.all(), Point(town.lat, town.lon), 0).get() == town
    far = within(Municipality.objects.all(), Point(-town.lat, town.lon - 180), 21_000).order_by("-distance_km")[0]
    assert far.distance_km == pytest.approx(math.pi * EARTH_RADIUS_KM, abs=1e-3)


def test_near_measures_over_a_relation_and_counts(county):
    codes = near("coesfeld", radius_km=13, queryset=PostalCode.objects.all(), lat="municipality__lat",
                 lon="municipality__lon")  # fmt: skip
    assert sorted(code.code for code in codes) == ["48249", "48653", "48720"]
    assert codes.count() == 3


def test_the_towns_of_the_file_are_the_towns_of_the_database(county):
    assert Municipality.objects.count() == len(read_region("coesfeld").municipalities) == 11
