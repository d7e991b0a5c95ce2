#!/usr/bin/env python3
"""Prepares a checkout: virtual environment, locked packages, front end. Needs nothing but Python itself.

    python3 scripts/setup.py [--dev]

Every step keeps a stamp of what it was made from under `.make/`, so that nothing is done twice and a changed lock file
is noticed. Packages and front end are fetched at the same time. Ends with exit status 1 and one sentence on failure.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAMPS = ROOT / ".make"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MEMBERS = ("plugins/regiokit", "plugins/ehrenamt", "plugins/coworking")
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (20, 19)


class SetupFailed(Exception):
    """A step failed; the message says which and what helps."""


def main(arguments):
    """Bring the checkout up to date; `--dev` adds the tools for tests and checks."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupFailed(f"Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} oder neuer wird gebraucht.")
    make_environment()
    lock = "requirements-dev.lock" if "--dev" in arguments else "requirements.lock"
    if has_node():
        with ThreadPoolExecutor(max_workers=2) as pool:
            for job in [pool.submit(install_packages, lock), pool.submit(fetch_frontend)]:
                job.result()
    else:
        install_packages(lock)
        install_node()
        fetch_frontend()
    build_frontend()


def make_environment():
    """Make `.venv`, anew when it belongs to another Python."""
    with step("Python-Umgebung anlegen", "environment", [], text=sys.version + sys.base_prefix) as needed:
        if PYTHON.exists() and (not needed or environment_fits()):
            return
        forget("packages", "members", "node")
        result = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
        if result.returncode:
            raise SetupFailed(
                "Die Python-Umgebung lässt sich nicht anlegen; auf Debian hilft: apt install python3-venv\n"
                + result.stdout
            )


def environment_fits():
    """Whether the environment that is there belongs to this Python."""
    asked = [PYTHON, "-c", "import sys; print(sys.version + sys.base_prefix)"]
    return subprocess.run(asked, capture_output=True, text=True).stdout.strip() == sys.version + sys.base_prefix


def install_packages(lock):
    """Install third parties by hash, then the members of the workspace as they lie here."""
    other = STAMPS / "packages-dev" if lock == "requirements.lock" else None
    if other and other.exists() and other.read_text() == digest(["requirements-dev.lock"]):
        lock = "requirements-dev.lock"  # The larger set holds the smaller one.
    with step("Python-Pakete installieren", "packages-dev" if "dev" in lock else "packages", [lock]) as needed:
        if needed:
            forget("members")
            pip("--require-hashes", "-r", lock)
    declarations = [f"{member}/pyproject.toml" for member in MEMBERS]
    with step("Eigene Pakete einbinden", "members", declarations, text=str(ROOT)) as needed:
        if needed:
            editable = [part for member in MEMBERS for part in ("-e", member)]
            pip("--no-deps", "--no-build-isolation", *editable)


def install_node():
    """Fetch Node.js as a wheel when the machine has none."""
    with step("Node.js holen", "node", ["requirements-node.lock"]) as needed:
        if needed:
            pip("--require-hashes", "-r", "requirements-node.lock")


def fetch_frontend():
    """Fetch the npm packages that the lock names, without running their scripts."""
    with step("Oberflächen-Pakete holen", "frontend", ["package.json", "package-lock.json"]) as needed:
        if needed or not (ROOT / "node_modules").is_dir():
            run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def build_frontend():
    """Build style sheets, fonts and scripts into `var/frontend`."""
    sources = sorted(
        str(path.relative_to(ROOT)) for path in (ROOT / "themes").rglob("*") if path.suffix in {".mjs", ".scss", ".js"}
    )
    with step("Oberfläche bauen", "build", ["package-lock.json", *sources]) as needed:
        if needed or not (ROOT / "var" / "frontend").is_dir():
            run("node", "themes/build.mjs")


class step:
    """One step: says what it does and how long it took, and leaves a stamp when it succeeds.

    Gives True when its inputs changed since the last success.
    """

    def __init__(self, title, name, inputs, *, text=""):
        self.title, self.stamp, self.text = title, STAMPS / name, text
        self.digest = digest(inputs, text=text)

    def __enter__(self):
        self.began = time.monotonic()
        self.needed = not self.stamp.exists() or self.stamp.read_text() != self.digest
        if self.needed:
            say(f"{self.title} …")
        return self.needed

    def __exit__(self, kind, error, trace):
        if kind is None:
            STAMPS.mkdir(exist_ok=True)
            self.stamp.write_text(self.digest)
            if self.needed:
                say(f"{self.title}: fertig nach {time.monotonic() - self.began:.0f} s")


def digest(inputs, *, text=""):
    """Return a hash over the names and contents of the input files and over `text`."""
    total = hashlib.sha256(text.encode())
    for name in inputs:
        total.update(name.encode() + b"\0" + (ROOT / name).read_bytes())
    return total.hexdigest()


def forget(*names):
    """Remove stamps, so that their steps run again."""
    for name in names:
        for stamp in STAMPS.glob(f"{name}*"):
            stamp.unlink()


def has_node():
    """Whether npm and a Node.js that is new enough are on this machine."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return tuple(int(part) for part in version.strip().lstrip("v").split(".")[:2]) >= OLDEST_NODE


def pip(*arguments):
    """Run the environment's pip quietly."""
    options = ("--quiet", "--disable-pip-version-check", "--no-input")
    run(PYTHON, "-m", "pip", "install", *options, *arguments)


def run(*command):
    """Run a command in the checkout; the environment's programs come last, after those of the machine."""
    path = os.environ["PATH"] + os.pathsep + str(VENV / "bin")
    if not has_node():
        path = str(VENV / "bin") + os.pathsep + os.environ["PATH"]
    found = shutil.which(str(command[0]), path=path)
    result = subprocess.run(
        [found or str(command[0]), *map(str, command[1:])],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if result.returncode:
        words = " ".join(str(part) for part in command)
        raise SetupFailed(f"Dieser Befehl ist fehlgeschlagen: {words}\n{result.stdout.strip()}")


def say(line):
    """Print at once, also into a log file."""
    print(line, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except SetupFailed as failure:
        sys.exit(f"Die Vorbereitung ist nicht möglich: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
