"""`manage.py doctor`: say what is wrong and how to mend it."""

import json
import sys

from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand, CommandError

from portal.operations.doctor import Level, examine
from regiokit import conf

MARKS = {Level.GOOD: "gut     ", Level.WARNING: "Hinweis ", Level.ERROR: "FEHLER  "}


class Command(BaseCommand):
    """Examines settings, servers, work and machine; ends with 0 (all well), 1 (a warning) or 2 (an error)."""

    help = "Sagt, was nicht stimmt und was hilft. Endet mit 0 (alles gut), 1 (Hinweise) oder 2 (Fehler)."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Declare the options."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="für Programme")
        parser.add_argument("--mail-to", metavar="ADRESSE", help="dorthin eine Probemail senden, am Postausgang vorbei")

    def handle(self, *, as_json, mail_to, **options):
        """Examine and say what was found."""
        if mail_to:
            self.send(mail_to)
        worst, entries = Level.GOOD, []
        for check, found in examine():
            worst = max(worst, found.level)
            entries.append(
                {"check": check.name, "level": found.level.name.lower(), "text": found.text, "mend": found.mend}
            )
            if not as_json:
                self.stdout.write(f"{MARKS[found.level]} {check.title}: {found.text}")
                if found.mend:
                    self.stdout.write(f"{' ' * 9} → {found.mend}")
        if as_json:
            self.stdout.write(json.dumps({"level": worst.name.lower(), "checks": entries}, ensure_ascii=False))
        if worst:
            sys.exit(int(worst))

    def send(self, address):
        """Send one mail right now. Raises CommandError when the server does not take it."""
        text = "Diese Probemail hat „manage.py doctor“ gesendet. Wenn Sie sie lesen, kommen Mails des Portals an."
        message = EmailMessage(
            "Probemail des Portals", text, to=[address], connection=get_connection(**conf.mail_transport())
        )
        try:
            message.send()
        except OSError as error:
            raise CommandError(f"Die Probemail ging nicht hinaus: {type(error).__name__}.") from error
        self.stdout.write("Die Probemail ist beim Mailserver.")
