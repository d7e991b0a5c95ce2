"""The processes of one `serve`: this one watches, one child answers requests, one works through mails and tasks.

All end together: a signal to the watching process ends the children, and so does its death.
The worker is started again when it dies; when the web server dies, everything ends.
"""

import ctypes
import os
import signal
import sys
import threading
import time

from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

PR_SET_PDEATHSIG = 1
"""prctl(2) on Linux: the signal a process gets when its parent dies."""

GRACE_SECONDS = 12
"""How long children may take to end before they are killed; running requests get some seconds less."""

REST_SECONDS = 1
"""At least so long after its last beginning a worker begins again."""


class Stop:
    """Tells a loop when to end: after a signal, or when the process that started it is gone."""

    def __init__(self):
        self._event = threading.Event()
        self._parent = os.getppid()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._event.set())

    def wait(self, timeout: float) -> bool:
        """Rest for at most `timeout` seconds; return whether the loop should end."""
        return self._event.wait(timeout) or os.getppid() != self._parent


class ServerLog(Logger):
    """gunicorn's few lines go where all others go, in the same form."""

    def setup(self, cfg):
        """Have no output of its own."""
        self.error_log.setLevel(cfg.loglevel.upper())
        self.error_log.propagate = True


class WebServer(BaseApplication):
    """gunicorn with threads, configured in code.

    SIGTERM lets running requests finish. `alone` means that nobody watches this process: Ctrl-C ends it too.
    """

    def __init__(self, *, bind: str, workers: int, alone: bool = False):
        self.options = {
            "bind": bind,
            "workers": workers,
            "threads": 8,
            "worker_class": "gthread",
            "preload_app": True,
            "graceful_timeout": GRACE_SECONDS - 4,
            "when_ready": heed_ctrl_c if alone else leave_ctrl_c_to_the_watch,
            "post_worker_init": leave_ctrl_c_to_the_watch,
            "timeout": 60,
            "keepalive": 5,
            # What a proxy says about the visitor counts only where proxies are declared (TRUSTED_PROXIES).
            "forwarded_allow_ips": "*" if settings.ENV.trusted_proxies else "",
            "loglevel": "warning",
            "logger_class": ServerLog,
            "proc_name": "landportal",
            # Nothing but this command controls the server, and no file appears in somebody's home.
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self):
        """Hand the options to gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        """Return the application, with its addresses already imported, so that all workers share that memory."""
        from django.urls import get_resolver

        from portal.wsgi import application

        get_resolver().url_patterns  # noqa: B018
        return application


def leave_ctrl_c_to_the_watch(_process) -> None:
    """Ignore SIGINT: a terminal sends it to the whole group, and the watching process answers with one SIGTERM.

    Two signals at once make gunicorn's threaded worker wait for itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def heed_ctrl_c(_process) -> None:
    """Take Ctrl-C for what a service gets: a request to end in order."""
    signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))


def work() -> None:
    """Work through mails and periodic tasks until told to stop."""
    from regiokit import worker

    worker.run(stopped=Stop().wait)


class Watch:
    """Starts the children, starts the worker again when it dies, and ends all together."""

    def __init__(self, children: dict):
        self.children = children
        self.running: dict[int, str] = {}
        self.begun: dict[str, float] = {}
        self.ending = False

    def start(self) -> None:
        """Start every child."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)
        for name in self.children:
            self._fork(name)

    def wait(self) -> int:
        """Return when the last child has ended: 0 after a signal, 1 when the web server ended by itself."""
        failed = False
        while self.running:
            pid, _status = os.wait()
            name = self.running.pop(pid, None)
            if name is None or self.ending:
                continue
            if name == "worker":
                print("Der Arbeitsprozess ist ausgefallen und startet neu.", file=sys.stderr, flush=True)
                # One that dies again and again must not eat the machine.
                time.sleep(max(0, self.begun[name] + REST_SECONDS - time.monotonic()))
                self._fork(name)
            else:
                failed = True
                self._end()
        return int(failed)

    def _fork(self, name: str) -> None:
        close_connections()
        sys.stdout.flush()
        parent = os.getpid()
        self.begun[name] = time.monotonic()
        pid = os.fork()
        if pid:
            self.running[pid] = name
            return
        try:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
                signal.signal(number, signal.SIG_DFL)
            signal.alarm(0)
            die_with(parent)
            self.children[name]()
        except SystemExit as leave:
            os._exit(leave.code if isinstance(leave.code, int) else int(leave.code is not None))
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)

    def _end(self, *_) -> None:
        if self.ending:
            return
        self.ending = True
        self._tell(signal.SIGTERM)
        signal.signal(signal.SIGALRM, lambda *_: self._tell(signal.SIGKILL))
        signal.alarm(GRACE_SECONDS)

    def _tell(self, number: int) -> None:
        for pid in list(self.running):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue


def close_connections() -> None:
    """Close this process's connections and pools: none may be used by two processes."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def die_with(parent: int) -> None:
    """Let this process get SIGTERM when `parent` (a process id) dies; only Linux knows how."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(0)
