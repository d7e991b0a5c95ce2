#!/usr/bin/env python3
"""`make release`: builds the three distributions, installs them in an empty environment and looks inside.

Leaves in `dist/`: wheels and source archives, `sbom.cdx.json` (CycloneDX) of everything that runs, `licences.md`, and
`SHA256SUMS`. Ends with exit status 1 and one sentence when something is missing, too much, or of an unknown licence.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from zipfile import ZipFile

from licences import UnknownLicence, listed

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
MEMBERS = ("regiokit", "ehrenamt", "coworking")
BIN = ROOT / ".venv" / "bin"
PROBE = "import {package}, {package}.plugin; print({package}.__file__)"


class ReleaseFailed(Exception):
    """What is wrong with the release, in one sentence."""


def main() -> None:
    """Build, look inside, install, list."""
    shutil.rmtree(DIST, ignore_errors=True)
    for member in MEMBERS:
        say(f"{member}: build")
        run(BIN / "python", "-m", "build", "--no-isolation", "--outdir", DIST, ROOT / "plugins" / member)
        look_inside(member)
    with tempfile.TemporaryDirectory() as folder:
        python = install_in_empty_environment(Path(folder))
        write_bill(python)
    (DIST / "SHA256SUMS").write_text("".join(f"{digest(path)}  {path.name}\n" for path in sorted(DIST.iterdir())))
    for path in sorted(DIST.iterdir()):
        say(f"  {path.name}  {path.stat().st_size / 1000:.0f} kB")


def look_inside(member: str) -> None:
    """Compare the wheel with what is committed: nothing missing, nothing else but its own description."""
    source = ROOT / "plugins" / member / "src"
    tracked = run("git", "ls-files", "-z", "--", source).split("\0")
    expected = {str((ROOT / name).relative_to(source)) for name in tracked if name}
    with ZipFile(wheel_of(member)) as wheel:
        inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
        described = {name.rpartition(".dist-info/")[2] for name in wheel.namelist() if ".dist-info/" in name}
    if expected != inside:
        raise ReleaseFailed(f"{member}: the wheel differs from the source: {sorted(expected ^ inside)[:5]}")
    if member != "regiokit" and "entry_points.txt" not in described:
        raise ReleaseFailed(f"{member}: no host would find the plugin: its wheel has no entry point.")


def install_in_empty_environment(folder: Path) -> Path:
    """Install the locked packages and then our wheels; return the Python that has them."""
    say("empty environment: install")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")
    run(*pip, "install", "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*pip, "install", "--no-deps", *(wheel_of(member) for member in MEMBERS))
    run(*pip, "check")
    for member in MEMBERS:
        probe = PROBE if member != "regiokit" else "import {package}; print({package}.__file__)"
        found = run(python, "-I", "-c", probe.format(package=member), cwd=folder)
        if "site-packages" not in found:
            raise ReleaseFailed(f"{member} was imported from {found.strip()}, not from its wheel.")
    run(*pip, "uninstall", "--yes", "pip")
    return python


def write_bill(python: Path) -> None:
    """Write the bill of materials of that environment and of the front end, and the list of licences."""
    bill = DIST / "sbom.cdx.json"
    run(BIN / "cyclonedx-py", "environment", "--output-reproducible", "--of", "JSON", "-o", bill, python)
    content = json.loads(bill.read_text())
    content["components"] += frontend()
    bill.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    lines = [f"| {name} | {version} | {licence} |\n" for name, version, licence in listed(content["components"])]
    head = "# Licences of everything that runs\n\n| package | version | licence |\n|---|---|---|\n"
    (DIST / "licences.md").write_text(head + "".join(lines))
    say(f"{len(lines)} packages, all of them under licences that go with EUPL-1.2")


def frontend() -> list[dict]:
    """Return the npm packages that visitors get, as CycloneDX components; tools of the build are none."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return [
        {
            "type": "library",
            "bom-ref": f"npm:{path.removeprefix('node_modules/')}",
            "name": path.removeprefix("node_modules/"),
            "version": package["version"],
            "licenses": [{"license": {"id": package["license"]}}],
            "purl": f"pkg:npm/{path.removeprefix('node_modules/').replace('@', '%40')}@{package['version']}",
        }
        for path, package in sorted(packages.items())
        if path and not package.get("dev")
    ]


def wheel_of(member: str) -> Path:
    """Return the wheel that was built for a member of the workspace."""
    return next(DIST.glob(f"*{member}-*.whl"))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*command, cwd: Path = ROOT) -> str:
    """Run a command and return what it printed. Raises `ReleaseFailed`."""
    words = [str(part) for part in command]
    result = subprocess.run(words, cwd=cwd, capture_output=True, text=True)
    if result.returncode:
        raise ReleaseFailed(f"{' '.join(words)}\n{(result.stdout + result.stderr).strip()[-3000:]}")
    return result.stdout


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)


if __name__ == "__main__":
    try:
        main()
    except (ReleaseFailed, UnknownLicence) as failure:
        sys.exit(f"No release: {failure}")
