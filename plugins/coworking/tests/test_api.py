"""The JSON interface: same questions, same answers as the page."""

import json

import pytest

URL = "/api/coworking/v1/spaces"


@pytest.fixture
def three(make_space):
    return [
        make_space("Haus A", amenities=["fibre"], opening_hours="24/7"),
        make_space("Haus B", amenities=["printer"], lat=51.94, lon=7.17, municipality_id="05558012"),
        make_space("Haus C", amenities=["fibre", "printer"], prices=[], lat=None, lon=None),
    ]


def test_a_row_has_what_was_agreed(client, three):
    answer = client.get(URL).json()
    assert (answer["count"], answer["page"], answer["pages"], answer["degraded"]) == (3, 1, 1, False)
    row = next(row for row in answer["results"] if row["title"] == "Haus A")
    assert sorted(row) == [
        "amenities", "confirmed_at", "distance_km", "highlights", "id", "lat", "lon", "open_now", "open_until", "organisation",
        "price_per_day_cents", "summary", "title", "town", "url",
    ]  # fmt: skip
    assert isinstance(row["id"], int)
    assert row["url"].startswith("http")
    assert (row["open_now"], row["open_until"], row["price_per_day_cents"], row["distance_km"]) == (
        True,
        None,
        1200,
        None,
    )
    assert answer["facets"]["amenity"][0] == {"value": "fibre", "label": "Glasfaser", "count": 2, "selected": False}
    assert answer["facets"]["open_now"][0]["label"] == "Jetzt geöffnet"


@pytest.mark.parametrize(
    "question",
    [
        "",
        "near=Dülmen&radius=30",
        "near=48249&radius=5&sort=distance",
        "amenity=fibre&amenity=printer",
        "open_now=true",
        "q=haus&sort=newest",
        "town=Coesfeld",
        "per_page=2&page=2",
    ],
)
def test_page_interface_and_map_agree_in_set_and_order(client, three, question):
    page = client.get(f"/coworking/?{question}").context["page"]
    answer = client.get(f"{URL}?{question}").json()
    assert [row["id"] for row in answer["results"]] == [hit.object_id for hit in page.result.hits]
    assert answer["count"] == page.result.total
    features = client.get(f"{URL}.geojson?{question}").json()["features"]
    assert len(features) == answer["count"] == len(page.result.points)
    assert {feature["id"] for feature in features} >= {row["id"] for row in answer["results"]}


def test_geojson_is_what_the_norm_says(client, three):
    response = client.get(f"{URL}.geojson")
    assert response["Content-Type"] == "application/geo+json"
    collection = json.loads(response.content)
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "Point")
        assert 7 < lon < 8
        assert 51 < lat < 53


def test_one_space_with_everything_public(client, make_space, operator):
    space = make_space(by=operator, email="geheim@operator.example")
    answer = client.get(f"{URL}/{space.pk}").json()
    assert answer["opening_hours"] == "Mo-Su 08:00-18:00"
    assert answer["contact"] == {"phone": "0221 4710 500"}
    assert "geheim" not in json.dumps(answer)
    assert client.get(f"{URL}/999999").status_code == 404


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("amenity=pool", "amenity"),
        ("near=Atlantis", "near"),
        ("page=99", "page"),
        ("page=0", "page"),
        ("per_page=1000", "per_page"),
        ("colour=red", "colour"),
        ("sort=distance", "sort"),
        ("radius=-1", "radius"),
        ("open_now=perhaps", "open_now"),
        ("q=" + "x" * 5000, "q"),
    ],
)
def test_wrong_questions_are_problem_documents(client, three, question, parameter):
    for path in (URL, f"{URL}.geojson"):
        if parameter == "page" and path != URL and question == "page=99":
            continue
        response = client.get(f"{path}?{question}")
        assert 400 <= response.status_code < 500
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["parameter"] == parameter


def test_the_description_names_parameters_and_answers(client, db):
    described = client.get("/api/openapi.json").json()
    operation = described["paths"]["/api/coworking/v1/spaces"]["get"]
    assert {p["name"] for p in operation["parameters"]} == {
        "q", "near", "radius", "town", "sort", "beyond", "amenity", "kind", "price", "wheelchair", "open_now", "page",
        "per_page",
    }  # fmt: skip
    assert "FoundSpace" in json.dumps(described)
