"""`manage.py new_region`: a county's skeleton from a folder of sources, and what it says when it cannot."""

import io
import json
import sys

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.region import county_sources, profile
from portal.region.founding import slug_of
from portal.region.gaps import unfilled
from portal.region.profile import load_profile
from regiokit.places.region import load_region, read_region

COUNTY = "16990"


def square(ags, name, kind, lon, *, gf=4):
    ring = [[lon, 50.0], [lon + 0.1, 50.0], [lon + 0.1, 50.1], [lon, 50.1], [lon, 50.0]]
    facts = {"AGS": ags, "GEN": name, "BEZ": kind, "GF": gf}
    return {"type": "Feature", "properties": facts, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.fixture
def sources(tmp_path):
    """A folder as the three packages unpack to, with two small counties side by side; one is nested."""
    folder = tmp_path / "sources"
    counties = [
        square(COUNTY, "Öffelgau a.d. Süß", "Landkreis", 11.0),
        square("16991", "Nebenstadt", "Kreisfreie Stadt", 11.2),
    ]
    towns = [
        {"type": "FeatureCollection", "features": [square("16990001", "Oberöffel", "Gemeinde", 11.0)]},
        square("16990002", "Süßdorf, Stadt", "Stadt", 11.1),
        square("16990002", "Süßdorf, Stadt", "Stadt", 12.5, gf=2),
        square("16991000", "Nebenstadt", "Stadt", 11.2),
    ]
    for path, text in {
        "areas/kreise.geo.json": json.dumps(counties),
        "areas/gemeinden.geo.json": json.dumps(towns),
        "zip/zipcode/data/de.py": "CODES = {'99990': (50.05, 11.05), '99991': (50.05, 11.25)}",
        "names/data/plz.full.json": json.dumps({"99990": ["Oberöffel"], "99991": ["Nebenstadt"]}),
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def new_region(sources, tmp_path):
    """Return a callable that runs the command and gives what it says."""

    def run(ags=COUNTY, **options):
        said = io.StringIO()
        call_command("new_region", ags, **{"sources": sources, "root": tmp_path, "stdout": said, **options})
        return said.getvalue()

    return run


@pytest.fixture
def made(new_region, tmp_path, settings, monkeypatch):
    """The new region as the portal would find it, had it been written into the checkout."""
    said = new_region()
    monkeypatch.setattr(profile, "FOLDER", tmp_path / "portal/region/profiles")
    (slug,) = profile.known()
    settings.ROOT, settings.REGION = tmp_path, load_profile(slug)
    return said


def test_the_skeleton_is_a_region(made, settings, tmp_path):
    region = settings.REGION
    assert (region.slug, region.name, region.land) == ("oeffelgau-a-d-suess", "Landkreis Öffelgau a.d. Süß", "TH")
    places = read_region(region.slug, path=tmp_path / f"plugins/regiokit/src/regiokit/places/data/{region.slug}.json")
    assert [town["name"] for town in places.municipalities] == ["Oberöffel", "Süßdorf"]
    assert [row["code"] for row in places.postal_codes] == ["99990"]
    assert "TLfDI" in region.law["data_protection_authority"]
    assert region.law["accessibility_body"].startswith("AUSFÜLLEN")
    assert "ÖA" in (tmp_path / f"themes/{region.theme}/templates/region/wordmark.html").read_text("utf-8")


def test_it_says_what_a_person_must_fill_in(made, settings):
    lines = unfilled(settings.REGION.slug)
    assert len(lines) > 15
    assert made.count("AUSFÜLLEN") == len(lines)
    for words in ("Rechtsamt", "Ohne Postleitzahl: Süßdorf.", f"PORTAL_REGION={settings.REGION.slug}", "von 2017"):
        assert words in made


def test_production_does_not_start_with_gaps(made, settings):
    settings.MODE = "production"
    (found,) = [found for found in run_checks(tags=[Tags.security]) if found.id == "region.E002"]
    assert found.is_serious()
    assert str(unfilled(settings.REGION.slug)[0]) in found.msg
    path = settings.ROOT / "portal/region/profiles" / f"{settings.REGION.slug}.toml"
    path.write_text(path.read_text("utf-8").replace("AUSFÜLLEN", "Beispiel"), encoding="utf-8")
    assert not [found for found in run_checks(tags=[Tags.security]) if found.id == "region.E002"]


@pytest.mark.django_db
def test_the_empty_demo_runs(made, settings, client, tmp_path):
    from portal.serving.demo import load_demo

    settings.MEDIA_ROOT = tmp_path / "media"
    places = f"plugins/regiokit/src/regiokit/places/data/{settings.REGION.slug}.json"
    load_region(settings.REGION.slug, path=tmp_path / places)
    load_demo(say=lambda line: None)
    for address in ("/", "/ehrenamt/", "/coworking/", "/aktuelles/", "/ratgeber/", "/barrierefreiheit/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert settings.REGION.name in answer.content.decode()


def test_nothing_is_overwritten(new_region, tmp_path):
    new_region(slug="mein-kreis")
    path = tmp_path / "portal/region/profiles/mein-kreis.toml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match=r"mein-kreis.*profiles/mein-kreis\.toml.*Nichts wurde geändert"):
        new_region(slug="mein-kreis")
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("ags", ["16989", "99999", "1699", "Öffelgau", "", "١٦٩٩٠", "x" * 10_000, "\0"])
def test_a_wrong_key_names_near_ones_and_writes_nothing(new_region, tmp_path, ags):
    with pytest.raises(CommandError, match="fünf Ziffern") as refused:
        new_region(ags)
    if (ags.isascii() and ags.isdigit()) or ags == "Öffelgau":
        assert "16990 Landkreis Öffelgau" in str(refused.value)
    assert not (tmp_path / "portal").exists()


@pytest.mark.parametrize("slug", ["Mein Kreis", "../x", "kreis-", "größe"])
def test_a_wrong_name_is_refused(new_region, slug):
    with pytest.raises(CommandError, match="Bindestriche"):
        new_region(slug=slug)


@pytest.mark.parametrize("name", ["kreise.geo.json", "gemeinden.geo.json", "de.py", "plz.full.json"])
def test_a_missing_source_is_named(new_region, sources, name):
    next(sources.rglob(name)).unlink()
    with pytest.raises(CommandError, match=name):
        new_region()


def test_a_broken_source_is_named(new_region, sources):
    (sources / "areas/kreise.geo.json").write_text("[{]", encoding="utf-8")
    with pytest.raises(CommandError, match="keine Datei mit Kreisgrenzen"):
        new_region()


def test_without_shapely_it_says_how_to_get_it(new_region, monkeypatch):
    monkeypatch.setitem(sys.modules, "shapely", None)
    with pytest.raises(CommandError, match=r"shapely.*setup\.py --dev"):
        new_region()


@pytest.mark.parametrize(
    ("kind", "name", "slug"),
    [
        ("Landkreis", "Beispielau", "beispielau"),
        ("Kreisfreie Stadt", "Beispielau", "beispielau-stadt"),
        ("Stadtkreis", "Groß-Ä.", "gross-ae-stadt"),
    ],
)
def test_a_city_and_its_county_have_different_names(kind, name, slug):
    assert slug_of(county_sources.County(ags="01990", kind=kind, name=name)) == slug
