"""A real portal for browser tests and pictures: `manage.py serve` with the demo, in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.prepared import fill

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 180
SERVE = ("manage.py", "serve")


@contextmanager
def running_site(folder: Path, *, command: tuple[str, ...] = SERVE, **environment):
    """Serve the demo from `folder` and yield its base address; ends every process it started.

    `command` is what Python runs instead of `manage.py serve`.
    """
    port = free_port()
    # By name, not by number: browsers make no passkeys for an IP address.
    base = f"http://localhost:{port}"
    fill(folder, database=environment.get("DATABASE_URL", ""), port=port)
    clean = {
        name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
    }
    log = folder / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={
                **clean,
                "PORTAL_MODE": "demo",
                "PORTAL_VAR": str(folder),
                "PORT": str(port),
                "BASE_URL": base,
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_for(base, process, log)
        yield base
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(base: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{base}/", timeout=10):
                return
        except (urllib.error.URLError, OSError):
            try:
                process.wait(timeout=0.25)
                break
            except subprocess.TimeoutExpired:
                continue
    raise RuntimeError(f"the portal did not start:\n{log.read_text()[-4000:]}")
