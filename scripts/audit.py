#!/usr/bin/env python3
"""`make audit`: asks whether a locked package has a known weakness.

Asks pip-audit (the Python packages' advisories) and npm (the front end's). Exit status 1: a weakness is known. Exit
status 3: an adviser does not answer, so nobody knows; on a machine without way to the advisers a folder with the
advisories of PyPA (`vulns/<package>/*.yaml`) can be named in ADVISORIES, and is asked instead.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
KNOWN, UNANSWERED = 1, 3


def main() -> int:
    """Ask for both worlds; return the worse exit status."""
    folder = os.environ.get("ADVISORIES")
    python = from_folder(Path(folder)) if folder else from_adviser()
    statuses = {report("Python", python), report("Front end", from_npm())}
    return KNOWN if KNOWN in statuses else max(statuses)


def report(world: str, found: list[str] | None) -> int:
    """Say what was found; None means that nobody answered."""
    if found is None:
        print(f"{world}: NOT AUDITED, the adviser does not answer from this machine.")
        return UNANSWERED
    print(f"{world}: {len(found)} known weaknesses" + "".join(f"\n  {line}" for line in found))
    return KNOWN if found else 0


def from_adviser() -> list[str] | None:
    """Ask pip-audit about every locked package."""
    locks = [part for lock in LOCKS for part in ("-r", str(ROOT / lock))]
    command = [
        str(ROOT / ".venv" / "bin" / "pip-audit"),
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    answer = _json(subprocess.run([*command, *locks], capture_output=True, text=True, cwd=ROOT).stdout)
    packages = answer.get("dependencies", [])
    if not packages or any("skip_reason" in package for package in packages):
        return None
    return [
        f"{package['name']} {package['version']}: {weakness['id']}, mended in {', '.join(weakness['fix_versions'])}"
        for package in packages
        for weakness in package["vulns"]
    ]


def from_folder(folder: Path) -> list[str]:
    """Compare the locked versions with PyPA's advisories (OSV format: events of ranges, and single versions)."""
    found = []
    for name, version in sorted({pin for lock in LOCKS for pin in PINNED.findall((ROOT / lock).read_text())}):
        for path in sorted((folder / "vulns" / re.sub(r"[-_.]+", "-", name).lower()).glob("*.yaml")):
            advisory = yaml.safe_load(path.read_text())
            if not advisory.get("withdrawn") and any(concerns(part, version) for part in advisory["affected"]):
                found.append(f"{name} {version}: {advisory['id']}")
    return found


def concerns(affected: dict, version: str) -> bool:
    """Whether a version is among those that an advisory names."""
    if version in affected.get("versions", []):
        return True
    ranges = (part["events"] for part in affected.get("ranges", []) if part["type"] == "ECOSYSTEM")
    return any(_inside(events, Version(version)) for events in ranges)


def from_npm() -> list[str] | None:
    """Ask npm about the locked packages that visitors get."""
    npm = shutil.which("npm")
    command = [npm or "npm", "audit", "--omit=dev", "--json"]
    answer = _json(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout) if npm else {}
    if "vulnerabilities" not in answer:
        return None
    return [f"{name}: {entry['severity']}" for name, entry in sorted(answer["vulnerabilities"].items())]


def _inside(events: list[dict], version: Version) -> bool:
    inside = False
    for event in events:
        ((kind, text),) = event.items()
        try:
            reached = text == "0" or Version(text) <= version
        except InvalidVersion:
            continue
        if kind == "introduced":
            inside = inside or reached
        elif kind == "fixed":
            inside = inside and not reached
        elif kind == "last_affected":
            inside = inside and version <= Version(text)
    return inside


def _json(text: str) -> dict:
    try:
        return json.loads(text)
    except ValueError:
        return {}


if __name__ == "__main__":
    sys.exit(main())
