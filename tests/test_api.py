"""The JSON interface as a whole: its description, its errors, and that other sites may read it."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
LISTS = {"ehrenamt": "/api/ehrenamt/v1/offers", "coworking": "/api/coworking/v1/spaces"}
ENABLED = [LISTS[plugin.app] for plugin in settings.PLUGINS if plugin.app in LISTS]


def test_the_description_is_openapi_and_names_every_list(client):
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    described = answer.json()
    assert described["openapi"].startswith("3.1")
    for address in ENABLED:
        assert address in described["paths"]


def test_there_is_no_page_with_foreign_scripts(client):
    assert client.get("/api/docs/").status_code == 404


@pytest.mark.parametrize("address", ENABLED)
def test_other_sites_may_read_and_nobody_gets_a_cookie(client, county, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


@pytest.mark.parametrize("address", ENABLED)
@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("radius", "weit"),
        ("radius", "-1"),
        ("page", "0"),
        ("page", "999"),
        ("page", "eins"),
        ("per_page", "101"),
        ("per_page", "0"),
        ("sort", "zufall"),
        ("town", "Atlantis"),
        ("near", "Atlantis"),
        ("q", "x" * 100_000),
        ("gibtsnicht", "1"),
    ],
)
def test_a_wrong_parameter_is_named_in_a_problem_document(client, county, address, parameter, value):
    answer = client.get(address, {parameter: value})
    assert 400 <= answer.status_code < 500
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    problem = answer.json()
    assert problem["parameter"] == parameter
    assert problem["status"] == answer.status_code
    assert problem["instance"] == address
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]


def test_an_address_that_does_not_exist_answers_with_a_problem_document(client, db):
    answer = client.get("/api/ehrenamt/v1/gibt-es-nicht")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", ["/api/ehrenamt/v1/offers", "/api/nix"])
def test_other_methods_are_refused_with_a_problem_document(db, method, address):
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert answer.status_code in {404, 405}
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "address", ["/api/ehrenamt/v1/offers", "/api/coworking/v1/spaces", "/api/coworking/v1/spaces.geojson"]
)
def test_unreadable_letters_are_refused_by_the_name_of_the_parameter(client, db, address):
    answer = client.get(f"{address}?q=a%00b")
    assert answer.status_code == 422
    assert answer.json()["parameter"] == "q"
