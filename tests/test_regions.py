"""Every region that is shipped runs: its settings start, its theme is there, its demo fills every kind of page."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from portal.region.profile import default_region, known, load_profile
from regiokit.places.region import read_region
from regiokit.search.domain import rebuild, sources

ROOT = Path(__file__).resolve().parent.parent
LEAST = {"news": 12, "guides": 8, "offers": 60, "spaces": 12}
PAGES = (
    "/", "/ehrenamt/", "/coworking/", "/aktuelles/", "/ratgeber/", "/suche/?q=Portal", "/impressum/", "/datenschutz/",
    "/barrierefreiheit/", "/kontakt/", "/konto/anmelden/",
)  # fmt: skip
LIGHT_ENOUGH = 14_000
"""Bytes of a compressed document, as the browser journeys measure it too."""


def rows(slug: str, name: str) -> list:
    return json.loads((ROOT / "fixtures" / slug / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", known())
def test_the_data_of_a_region_fit_together(slug):
    profile, region = load_profile(slug), read_region(slug)
    assert (profile.ags, profile.land, profile.name) == (region.ags, region.land, region.name)
    for part in ("static", "templates/region/wordmark.html", f"static/{profile.theme}/tokens.css"):
        assert (ROOT / "themes" / profile.theme / part).exists(), part
    assert {name: len(rows(slug, name)) >= least for name, least in LEAST.items()} == dict.fromkeys(LEAST, True)
    assert len([row for row in rows(slug, "organisations") if row["kind"] == "association"]) >= 25
    towns = {town["ags"] for town in region.municipalities}
    named = {row["municipality"] for name in ("organisations", "offers", "spaces") for row in rows(slug, name)}
    assert named - {None} <= towns
    assert len(named) >= min(len(towns), 11)


@pytest.mark.parametrize("slug", known())
def test_an_invented_county_cannot_be_called(slug):
    """Only numbers that the Bundesnetzagentur keeps for media productions (Mitteilung 148/2021), only `.example`."""
    text = "".join(path.read_text("utf-8") for path in (ROOT / "fixtures" / slug).glob("*.json"))
    text += (ROOT / "portal/region/profiles" / f"{slug}.toml").read_text("utf-8")
    assert set(re.findall(r"\b0[1-9]\d{1,4} \d{3,5} \d{3}\b", text))
    assert all(
        re.match(r"0(221 4710|69 90009|30 23125|40 66969|89 99998) ", found)
        for found in re.findall(r"\b0[1-9]\d{1,4} \d{3,5} \d+\b", text)
    )
    assert all(address.endswith(".example") for address in re.findall(r"[\w.-]+@[\w.-]+\w", text))


@pytest.mark.parametrize("slug", known())
def test_the_portal_starts_with_it(slug, tmp_path):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    variables = {**inherited, "PORTAL_VAR": str(tmp_path), "PORTAL_REGION": slug}
    asked = "from django.conf import settings; print(settings.REGION.slug, settings.THEME, settings.REGIOKIT_REGION)"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", asked]
    result = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    assert result.stdout.split() == [slug, load_profile(slug).theme, slug], result.stderr


# Wagtail leaves the temporary files of its renditions to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
@pytest.mark.django_db
@pytest.mark.parametrize("slug", [slug for slug in known() if slug != default_region()])
def test_its_demo_fills_every_kind_of_page(slug, client, settings, tmp_path):
    from portal.serving.demo import load_demo

    settings.MEDIA_ROOT = tmp_path
    profile = load_profile(slug)
    settings.REGION, settings.REGIOKIT_REGION, settings.THEME = profile, slug, profile.theme
    settings.REGIOKIT_CONTACT = profile.coordinator
    call_command("load_places", slug, verbosity=0)
    load_demo(say=lambda line: None)
    # The index learns of entries after the commit, which a test never does.
    for source in sources():
        rebuild(source)
    stranger = load_profile(default_region())
    addresses = [*PAGES, *details(client)]
    assert len(addresses) == len(PAGES) + 4
    for address in addresses:
        answer = client.get(address)
        html = answer.content.decode()
        assert answer.status_code == 200, address
        assert profile.name in html, address
        assert stranger.contact.city not in html, address
        assert len(gzip.compress(answer.content, 6)) <= LIGHT_ENOUGH, (address, len(gzip.compress(answer.content, 6)))
    assert profile.law["accessibility_body"] in client.get("/barrierefreiheit/").content.decode()
    assert profile.law["data_protection_authority"] in client.get("/datenschutz/").content.decode()


def details(client):
    """Return the first entry of each list."""
    found = []
    for listing in ("/ehrenamt/", "/coworking/", "/aktuelles/", "/ratgeber/"):
        cards = client.get(listing).content.decode().partition("rk-card__title")[2]
        found.append(urlsplit(re.search(r'href="([^"]+)"', cards)[1]).path)
    return found
