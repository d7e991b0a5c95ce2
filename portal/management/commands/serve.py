"""`manage.py serve`: make everything ready, then serve and work until a signal comes.

With `--web-only` this process becomes the web server itself and the worker is a service of its own (`run_worker`). Then it
also takes a socket that systemd holds open, so that no request is refused while the service is restarted.
"""

import http.client
import os
import socket
import threading
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.operations.counting import count_together
from portal.serving.neighbours import must_answer
from portal.serving.preparation import prepare
from portal.serving.processes import Watch, WebServer, close_connections, work
from portal.serving.welcome import welcome


class Command(BaseCommand):
    """Prepares the portal and serves it, with the mail and task worker beside it."""

    help = "Bereitet das Portal vor, liefert es aus und arbeitet Mails und Aufgaben ab. PORT und BIND bestimmen, wo."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Declare the options."""
        parser.add_argument("--no-demo", action="store_true", help="keine Beispiele laden")
        parser.add_argument(
            "--web-only", action="store_true", help="nur ausliefern; Mails und Aufgaben erledigt `manage.py run_worker`"
        )
        parser.add_argument("--reload", action="store_true", help="bei geändertem Code neu laden (Entwicklung)")

    def handle(self, *, no_demo, web_only, reload, **options):
        """Serve until SIGINT or SIGTERM."""
        self.began = time.monotonic()
        bind, workers = os.environ.get("BIND", "127.0.0.1"), web_workers()
        again = os.environ.get("RUN_MAIN") == "true"
        if not again:
            if not listens_already():
                must_be_free(bind, settings.ENV.port)
            must_answer()
            count_together(settings.ENV.var, port=settings.ENV.port)
            prepare(demo=settings.MODE != "production" and not no_demo, say=self.say)
        if reload:
            self.serve_with_reload(bind, again=again)
            return
        if web_only:
            close_connections()
            self.say(f"Lädt das Portal nach {time.monotonic() - self.began:.1f} s.".replace(".", ",", 1))
            WebServer(bind=f"{bind}:{settings.ENV.port}", workers=workers, alone=True).run()
            return
        watch = Watch({"web": WebServer(bind=f"{bind}:{settings.ENV.port}", workers=workers).run, "worker": work})
        watch.start()
        threading.Thread(target=self.greet, args=(bind,), daemon=True).start()
        if watch.wait():
            raise CommandError("Der Webserver ist ausgefallen.")

    def serve_with_reload(self, bind, *, again):
        """Serve with Django's own server, which starts this command anew in a child when code changes."""
        if again:
            Watch({"worker": work}).start()
            self.say(welcome(settings.BASE_URL))
        call_command("runserver", f"{bind}:{settings.ENV.port}", skip_checks=True)

    def greet(self, bind):
        """Wait until the server answers, then say where to look."""
        host = "127.0.0.1" if bind in {"0.0.0.0", "[::]"} else bind
        while not answers(host, settings.ENV.port):
            time.sleep(0.1)  # The server is another process; asking is the only way to know.
        self.say(welcome(settings.BASE_URL))
        self.say(f"Bereit nach {time.monotonic() - self.began:.1f} s. Strg+C beendet alles.".replace(".", ",", 1))

    def say(self, line):
        """Print at once, also into a log file."""
        self.stdout.write(line)
        self.stdout.flush()


def listens_already() -> bool:
    """Whether systemd hands a listening socket to this process (sd_listen_fds(3))."""
    return os.environ.get("LISTEN_PID") == str(os.getpid()) and int(os.environ.get("LISTEN_FDS", "0")) > 0


def must_be_free(host: str, port: int) -> None:
    """Raise CommandError when something already listens there, before minutes are spent on preparing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise CommandError(
                f"PORT {port} ist schon belegt. Wählen Sie einen anderen, zum Beispiel PORT=8001."
            ) from error


def answers(host: str, port: int) -> bool:
    """Whether the server answers a request for its home page; this also warms what the first visitor needs."""
    connection = http.client.HTTPConnection(host, port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": urlsplit(settings.BASE_URL).netloc})
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def web_workers() -> int:
    """Return how many processes answer requests: `WEB_CONCURRENCY`; more than one needs Redis.

    Counters of attempts live in the cache; only Redis is shared between processes. Raises CommandError.
    """
    text = os.environ.get("WEB_CONCURRENCY", "1")
    if not text.isdigit() or not int(text):
        raise CommandError(f"WEB_CONCURRENCY is {text!r}; it must be a whole number above 0.")
    if int(text) > 1 and not settings.ENV.redis_url:
        raise CommandError("WEB_CONCURRENCY is above 1, which needs REDIS_URL: limits are counted in a shared cache.")
    return int(text)
