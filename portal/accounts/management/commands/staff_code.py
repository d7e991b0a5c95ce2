"""`manage.py staff_code`: let a member of staff in when mail is down."""

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.domain.breakglass import MAX_AGE, NotStaff, make_address


class Command(BaseCommand):
    """Prints an address that signs one person in once."""

    help = "Für den Tag, an dem keine E-Mail ankommt: gibt eine Adresse aus, die einmal anmeldet."

    def add_arguments(self, parser):
        """Declare the argument."""
        parser.add_argument("email", help="E-Mail-Adresse einer Person der Verwaltung")

    def handle(self, *, email, **options):
        """Print the address."""
        try:
            address = make_address(email)
        except NotStaff as error:
            raise CommandError(f"{email} hat keinen Zugang zur Redaktion.") from error
        minutes = int(MAX_AGE.total_seconds() // 60)
        self.stdout.write(f"Diese Adresse meldet {email} einmal an. Sie gilt {minutes} Minuten:\n{address}")
