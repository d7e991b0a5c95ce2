"""`manage.py run_worker`: sends mails and runs periodic tasks until it is told to stop."""

import signal
import threading

from django.core.management.base import BaseCommand

from regiokit.worker import running


class Command(BaseCommand):
    """Run the worker; `--once` does what is due now and ends, for a timer."""

    help = "Sends the outbox and runs the periodic tasks of the plugins."

    def add_arguments(self, parser):
        """Add `--once`."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *, once, **options):
        """Work once, or until SIGINT or SIGTERM."""
        if once:
            self.stdout.write(f"{running.run_once()} mails sent")
            return
        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        running.run(stopped=stop.wait)
