"""A new region: the files that `manage.py new_region` writes, and what a person still has to do."""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template

from portal.region.county_sources import County, Sources, extractor
from portal.region.gaps import GAP
from portal.region.profile import default_region

HERE = Path(__file__).parent
SKELETON = HERE / "skeleton"
LAW = {
    "accessibility_law": "Gesetz und Verordnung des Landes zur Barrierefreiheit im Netz",
    "accessibility_body": "Stelle, die auf Beschwerden hin schlichtet oder durchsetzt",
    "accessibility_body_address": "Anschrift dieser Stelle",
    "accessibility_answer_weeks": "in wie vielen Wochen der Kreis Meldungen beantwortet",
    "accessibility_procedure": "ein Satz über das Verfahren, zum Beispiel ob es kostet",
    "data_protection_authority": "Aufsicht über den Datenschutz im Land",
    "data_protection_law": "Rechtsgrundlage für die Aufgaben des Kreises",
}
"""What the statements of a region must say and every Land rules by itself, with a hint where it is not known."""
ANSWER_WEEKS = 4
CITIES = ("Kreisfreie Stadt", "Stadtkreis")
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class AlreadyThere(Exception):
    """Files of this region exist; the message names them."""


@dataclass(frozen=True)
class NewRegion:
    """A region that was thought out but not written yet: its slug, its places and the text of each file by path."""

    slug: str
    places: dict
    files: dict[Path, str]

    @property
    def gaps(self) -> list[str]:
        """What is missing in the profile, one text a gap with the number of its line and the line."""
        profile = next(text for path, text in self.files.items() if path.suffix == ".toml")
        lines = enumerate(profile.splitlines(), 1)
        return [f"Zeile {number}: {line}" for number, line in lines if GAP in line]

    @property
    def towns_without_code(self) -> list[str]:
        """Names of the towns that no postal code belongs to."""
        coded = {row["ags"] for row in self.places["postal_codes"]}
        return [town["name"] for town in self.places["municipalities"] if town["ags"] not in coded]


def slug_of(county: County) -> str:
    """Return the name of the region's files: "neustadt-a-d-waldnaab"."""
    words = re.sub(r"[^a-z0-9]+", "-", county.name.partition(",")[0].lower().translate(SPELT_OUT)).strip("-")
    return f"{words}-stadt" if county.kind in CITIES else words


def found(county: County, *, sources: Sources, root: Path, slug: str = "") -> NewRegion:
    """Return the region of that county with all its files below `root`; writes nothing. Raises `AlreadyThere`."""
    slug = slug or slug_of(county)
    places = root / "plugins/regiokit/src/regiokit/places/data" / f"{slug}.json"
    profile = root / "portal/region/profiles" / f"{slug}.toml"
    theme, fixtures = root / "themes" / slug, root / "fixtures" / slug
    if there := [path for path in (places, profile, theme, fixtures) if path.exists()]:
        names = ", ".join(str(path.relative_to(root)) for path in there)
        raise AlreadyThere(f"Die Region „{slug}“ gibt es schon: {names}. Nichts wurde geändert.")
    script = extractor()
    region = script.make_region(county.ags, slug, areas=sources.areas, zipcodes=sources.zipcodes, names=sources.names)
    land = tomllib.loads((HERE / "laender.toml").read_text(encoding="utf-8"))[region["land"]]
    short = county.name.partition(",")[0]
    words = {
        "name": region["name"], "short": short, "ags": county.ags, "slug": slug, "land": region["land"],
        "land_name": land["name"], "law": _law(land), "letters": _letters(short),
    }  # fmt: skip
    files = {
        places: script.dump(region),
        profile: _fill("profile.toml", words),
        theme / "static" / slug / "tokens.css": _fill("tokens.css", words),
        theme / "static" / slug / "favicon.svg": _fill("favicon.svg", words),
        theme / "templates/region/wordmark.html": _fill("wordmark.html", words),
        fixtures / "README.md": _fill("fixtures.md", words),
        fixtures / "pages.json": (SKELETON / "pages.json").read_text(encoding="utf-8"),
    }
    for pattern in sorted((HERE.parents[1] / "fixtures" / default_region()).glob("*.json")):
        files.setdefault(fixtures / pattern.name, _empty(pattern))
    return NewRegion(slug=slug, places=region, files=files)


def write(region: NewRegion) -> None:
    """Write every file of the region."""
    for path, text in region.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _fill(name: str, words: dict) -> str:
    return Template((SKELETON / name).read_text(encoding="utf-8")).substitute(words)


def _law(land: dict) -> str:
    known = {"accessibility_answer_weeks": f"{ANSWER_WEEKS}  # {GAP}: {LAW['accessibility_answer_weeks']}"}
    known |= {key: json.dumps(value, ensure_ascii=False) for key, value in land.items()}
    lines = (f"{key} = {known.get(key, json.dumps(f'{GAP}: {hint}', ensure_ascii=False))}" for key, hint in LAW.items())
    return "\n".join(lines)


def _letters(name: str) -> str:
    words = re.findall(r"\w+", name)
    return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else name[:2].capitalize()


def _empty(pattern: Path) -> str:
    """Return the emptiest content that a demo file of this kind can have."""
    return "[]\n" if isinstance(json.loads(pattern.read_text(encoding="utf-8")), list) else "{}\n"
