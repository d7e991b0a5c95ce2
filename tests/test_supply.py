"""What we tell others about this software: publiccode.yml, licences, advisories."""

import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from audit import concerns  # noqa: E402
from licences import UnknownLicence, goes_with_ours, listed  # noqa: E402

TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": r"^https://[a-z0-9.-]+/"}

# The keys of the standard's core that a valid file of version 0.4 must have, and those that we use.
# https://yml.publiccode.tools/schema.core.html
PUBLICCODE = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal",
        "maintenance", "localisation", "releaseDate",
    ],
    "properties": {
        "publiccodeYmlVersion": {"const": "0.4"},
        "name": TEXT,
        "url": URL,
        "softwareVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
        "releaseDate": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "developmentStatus": {"enum": ["concept", "development", "beta", "stable", "obsolete"]},
        "softwareType": {"const": "standalone/web"},
        "platforms": {"type": "array", "minItems": 1, "items": {"enum": ["web"]}},
        "categories": {
            "type": "array",
            "minItems": 1,
            # From the standard's list: https://yml.publiccode.tools/categories-list.html
            "items": {
                "enum": [
                    "content-management", "digital-citizenship", "event-management", "online-booking",
                    "resource-management", "geographic-information-systems",
                ]
            },
        },
        "intendedAudience": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "scope": {
                    "type": "array",
                    "items": {"enum": ["employment", "government", "local-authorities", "society"]},
                },
                "countries": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]{2}$"}},
            },
        },
        "legal": {"type": "object", "required": ["license"], "properties": {"license": {"const": "EUPL-1.2"}}},
        "localisation": {
            "type": "object",
            "required": ["localisationReady", "availableLanguages"],
            "properties": {
                "localisationReady": {"type": "boolean"},
                "availableLanguages": {"type": "array", "minItems": 1, "items": TEXT},
            },
        },
        "maintenance": {
            "type": "object",
            "required": ["type", "contacts"],
            "properties": {
                "type": {"enum": ["internal", "community"]},
                "contacts": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "object", "required": ["name"], "properties": {"name": TEXT, "email": TEXT}},
                },
            },
        },
        "description": {
            "type": "object",
            "required": ["de", "en"],
            "additionalProperties": {
                "type": "object",
                "required": ["shortDescription", "longDescription", "features"],
                "properties": {
                    "shortDescription": {"type": "string", "minLength": 1, "maxLength": 150},
                    "longDescription": {"type": "string", "minLength": 150, "maxLength": 10000},
                    "features": {"type": "array", "minItems": 1, "items": TEXT},
                    "screenshots": {"type": "array", "items": TEXT},
                },
            },
        },
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def publiccode():
    return yaml.load((ROOT / "publiccode.yml").read_text(), Loader=yaml.BaseLoader)


def test_publiccode_is_valid(publiccode):
    content = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    content["releaseDate"] = str(content["releaseDate"])
    jsonschema.Draft202012Validator(PUBLICCODE).validate(content)
    date.fromisoformat(publiccode["releaseDate"])


def test_publiccode_names_the_version_and_pictures_that_are_there(publiccode):
    assert f'\nversion = "{publiccode["softwareVersion"]}"' in (ROOT / "pyproject.toml").read_text()
    for text in publiccode["description"].values():
        assert all((ROOT / picture).is_file() for picture in text["screenshots"])


@pytest.mark.parametrize(
    ("expression", "good"),
    [
        ("MIT", True),
        ("Apache-2.0 AND BSD-2-Clause", True),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("AGPL-3.0-only", False),
        ("(MIT OR Apache-2.0) AND ISC", True),
        ("", False),
    ],
)
def test_licences_are_judged_by_every_part(expression, good):
    assert goes_with_ours(expression) is good


def test_a_package_without_a_known_licence_stops_the_release():
    known = {"name": "good", "version": "1", "licenses": [{"license": {"id": "MIT"}}]}
    assert listed([known]) == [("good", "1", "MIT")]
    with pytest.raises(UnknownLicence, match="odd"):
        listed([known, {"name": "odd", "version": "1", "licenses": []}])


def test_an_advisory_concerns_the_versions_between_its_events():
    events = [{"introduced": "0"}, {"fixed": "4.2.11"}, {"introduced": "5.0"}, {"fixed": "5.0.3"}]
    advisory = {"ranges": [{"type": "ECOSYSTEM", "events": events}], "versions": ["6.0b1"]}
    hit = {version for version in ("4.1", "4.2.10", "4.2.11", "5.0", "5.0.3", "5.2.19") if concerns(advisory, version)}
    assert hit == {"4.1", "4.2.10", "5.0"}
    assert concerns(advisory, "6.0b1")
