"""A second region is data alone: no code, template, style or script names a county, its towns, keys or postal codes."""

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

from portal.region.profile import known, load_profile
from regiokit.places.region import known_regions, read_region

ROOT = Path(__file__).resolve().parent.parent
CODE = (
    "portal",
    "plugins",
    "themes/kern",
    "scripts",
    "benchmarks",
    "fixtures/draw_pictures.py",
    "manage.py",
    "Makefile",
)
DATA = re.compile(
    r"^portal/region/profiles/|/places/data/|^benchmarks/results/|^plugins/[^/]+/(tests/|[^/]+\.md$)|\.(webp|png|jpg|woff2|gz)$"
)
EVERYDAY = {"senden", "kommen", "karl", "breit", "burg", "burgen", "bruch", "platten", "plein", "erden", "esch"}
"""Towns whose names are German words as well."""


def code_files() -> list[str]:
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *CODE]
    listed = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [name for name in listed if not DATA.search(name) and (ROOT / name).is_file()]


def names_of(slug: str) -> set[str]:
    """Everything that would give a county away, in small letters."""
    region, profile = read_region(slug), load_profile(slug)
    found = {slug, *slug.split("-"), profile.name, profile.ags, profile.contact.phone.rpartition(" ")[0]}
    found |= {word for town in region.municipalities for word in (town["name"], town["ags"])}
    found |= {row["code"] for row in region.postal_codes}
    spelt_out = {name.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue") for name in found}
    return ({name.lower() for name in found} | spelt_out) - EVERYDAY


def test_there_is_a_lot_of_code_to_look_at():
    names = code_files()
    for ending, least in ((".py", 200), (".html", 80), (".scss", 1), (".js", 1)):
        assert len([name for name in names if name.endswith(ending)]) >= least, ending


@pytest.mark.parametrize("slug", sorted({*known(), *known_regions()}))
def test_no_code_names_a_county(slug):
    names = "|".join(re.escape(name) for name in sorted(names_of(slug), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    assert pattern.search(f"a line with --{slug}-colour")
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name in code_files()
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(unquote(line).lower())
    ]
    assert not found, "\n".join(found)


def test_one_region_is_the_one_of_an_installation_that_names_none():
    assert len([slug for slug in known() if load_profile(slug).default]) == 1
