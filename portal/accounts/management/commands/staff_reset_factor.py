"""`manage.py staff_reset_factor`: for the day that somebody has lost the phone and the recovery codes."""

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.domain.factor import NoFactor, reset_factor


class Command(BaseCommand):
    """Removes a person's second factor; the person is told by mail."""

    help = "Entfernt den zweiten Faktor einer Person, die Telefon und Ersatzcodes verloren hat."

    def add_arguments(self, parser):
        """Declare the argument."""
        parser.add_argument("email", help="E-Mail-Adresse der Person")

    def handle(self, *, email, **options):
        """Reset, and say what was done."""
        try:
            user = reset_factor(email)
        except NoFactor as error:
            raise CommandError(f"{email} hat keinen zweiten Faktor.") from error
        self.stdout.write(
            f"{user.email} hat keinen zweiten Faktor mehr und ist überall abgemeldet. Eine E-Mail sagt es der Person.\n"
            "Bei der nächsten Anmeldung richtet sie einen neuen ein. Haben Sie sich vergewissert, dass sie es selbst ist?"
        )
