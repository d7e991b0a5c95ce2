#!/usr/bin/env python3
"""Runs every check of `make lint`, two at a time; prints what is wrong and ends with exit status 1 when anything is."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
TEMPLATES = ["portal", "themes", "plugins"]

PRODUCTION = {
    "PORTAL_MODE": "production",
    "BASE_URL": "https://portal.county.example",
    "SECRET_KEY": "only-to-check-the-settings-0123456789-abcdefghijklmnopqrstuvwxyz",
    "EMAIL_URL": "smtp://mail.county.example:587?tls=1",
    "MAIL_FROM": "portal@county.example",
    "TRUSTED_PROXIES": "1",
    "PORTAL_REGION": "fertig",
}

# The profiles in this repository are examples, which the check refuses; tests/profiles has one with nothing left to fill in.
DEPLOY = """
from pathlib import Path
from portal.region import profile
profile.FOLDER = Path("tests/profiles")
import django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
"""

CHECKS = {
    "Python style": ([str(BIN / "ruff"), "check", "."], {}),
    "Python format": ([str(BIN / "ruff"), "format", "--check", "."], {}),
    "arrows between packages": ([str(BIN / "lint-imports")], {"PYTHONPATH": str(ROOT)}),
    "templates": ([str(BIN / "djlint"), "--lint", "--quiet", *TEMPLATES], {}),
    "texts": ([PYTHON, "scripts/check_texts.py"], {}),
    "migrations": ([PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    "settings of production": ([PYTHON, "-c", DEPLOY], PRODUCTION | {"DJANGO_SETTINGS_MODULE": "portal.settings.base"}),
}


def main() -> int:
    """Run the checks; return the exit status."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(lambda name: run(name, folder), CHECKS))
    return int(not all(results))


def run(name: str, folder: str) -> bool:
    """Run one check with its own empty data folder; say how it went and return whether all is well."""
    command, variables = CHECKS[name]
    inherited = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "TMPDIR"}}
    environment = {**inherited, "PORTAL_VAR": str(Path(folder) / name.replace(" ", "-")), **variables}
    began = time.monotonic()
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    good = result.returncode == 0
    seconds = time.monotonic() - began
    trouble = "" if good else "\n" + (result.stdout + result.stderr).strip()
    print(f"{'ok    ' if good else 'WRONG '} {name} ({seconds:.1f} s){trouble}", flush=True)
    return good


if __name__ == "__main__":
    sys.exit(main())
