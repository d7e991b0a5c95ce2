"""`manage.py serve` makes everything ready, answers, works, and leaves nothing behind."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INHERITED = ("PATH", "HOME", "LANG", "DATABASE_URL", "PORTAL_PLUGINS")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


class Serving:
    """One started `serve`, in a process group of its own as in a terminal."""

    def __init__(self, folder, *arguments):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self.log = folder / "serve.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", *arguments],
                cwd=ROOT,
                env={**inherited, "PORTAL_VAR": str(folder), "PORT": str(self.port)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # A shell's background jobs ignore Ctrl-C; a terminal's foreground job does not.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def children(self) -> dict[int, str]:
        """Process ids of the direct children and the time each began."""
        found = {}
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[1]) == self.process.pid and fields[0] != "Z":
                found[int(status.parent.name)] = fields[19]
        return found

    def alive(self) -> bool:
        """Whether anybody of the group is left."""
        self.process.poll()
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[2]) == self.process.pid and fields[0] != "Z":
                return True
        return False

    def end(self):
        if self.alive():
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def until(condition, *, seconds, serving):
    """Wait for something that another process does; fail with what it said."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, serving.said
        pause.wait(0.05)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def serve(folder):
    started = []

    def start(*arguments):
        serving = Serving(folder, *arguments)
        started.append(serving)
        ready_or_over = lambda: "Bereit nach" in serving.said or serving.process.poll() is not None  # noqa: E731
        until(ready_or_over, seconds=170, serving=serving)
        assert serving.process.poll() is None, serving.said
        return serving

    yield start
    for serving in started:
        serving.end()


def test_the_first_start_loads_the_demo_and_ctrl_c_ends_everything(serve):
    serving = serve()
    for word in ("Startseite", "Mein Bereich", "/admin/", "/postfach/", "/api/openapi.json", "redaktion@demo.example"):
        assert word in serving.said
    assert serving.get("/")[0] == 200
    until(lambda: serving.get("/healthz")[0] == 200, seconds=60, serving=serving)
    assert json.loads(serving.get("/healthz")[1])["ok"] is True
    os.killpg(serving.process.pid, signal.SIGINT)
    until(lambda: not serving.alive(), seconds=20, serving=serving)
    assert serving.process.wait(timeout=5) == 0
    assert "Traceback" not in serving.said
    assert "gunicorn" not in serving.said


def test_a_worker_that_dies_is_replaced(serve):
    serving = serve()
    before = serving.children()
    assert len(before) == 2
    # The web server was started first.
    worker = max(before, key=lambda pid: (int(before[pid]), pid))
    os.kill(worker, signal.SIGKILL)
    until(lambda: set(serving.children()) - set(before), seconds=20, serving=serving)
    assert "startet neu" in serving.said
    assert serving.get("/konto/anmelden/")[0] == 200
    serving.process.terminate()
    until(lambda: not serving.alive(), seconds=20, serving=serving)
    assert serving.process.wait(timeout=5) == 0


def test_nobody_stays_behind_when_the_command_is_killed(serve):
    serving = serve()
    serving.process.kill()
    until(lambda: not serving.alive(), seconds=20, serving=serving)


def test_a_port_that_is_taken_ends_the_start_with_an_error(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        result = subprocess.run(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env={**inherited, "PORTAL_VAR": str(folder), "PORT": str(taken.getsockname()[1])},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert result.returncode == 1
    assert "PORT" in result.stderr
    assert "Traceback" not in result.stderr
