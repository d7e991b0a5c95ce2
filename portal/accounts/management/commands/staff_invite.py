"""`manage.py staff_invite`: give somebody access to the Wagtail admin and write to them."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from portal.accounts.domain.staff import UnknownGroup, invite_staff
from portal.accounts.domain.towns import UnknownTown


class Command(BaseCommand):
    """Creates or updates a member of staff; running it again is safe."""

    help = "Lädt eine Person der Verwaltung ein: legt das Konto an und schreibt ihr eine E-Mail."

    def add_arguments(self, parser):
        """Declare the arguments."""
        parser.add_argument("email", help="E-Mail-Adresse der Person")
        parser.add_argument("--group", default="", help="Gruppe, zum Beispiel Redaktion oder Moderation")
        parser.add_argument(
            "--town",
            action="append",
            default=[],
            metavar="ORT",
            help="Ort, um den sich die Person in der Moderation kümmert; mehrmals möglich, ohne: um alle",
        )
        parser.add_argument("--administrator", action="store_true", help="darf alles, auch Rechte vergeben")
        parser.add_argument("--first-name", default="", help="Vorname")
        parser.add_argument("--last-name", default="", help="Nachname")

    def handle(self, *, email, group, town, administrator, first_name, last_name, **options):
        """Invite, and say what was done."""
        if not (group or administrator):
            raise CommandError("Bitte nennen Sie eine Gruppe (--group) oder --administrator.")
        try:
            validate_email(email)
            user = invite_staff(
                email,
                group=group,
                towns=town,
                administrator=administrator,
                first_name=first_name,
                last_name=last_name,
            )
        except ValidationError as error:
            raise CommandError(f"{email!r} ist keine E-Mail-Adresse.") from error
        except (UnknownGroup, UnknownTown) as error:
            raise CommandError(str(error)) from error
        roles = ["alle Rechte"] if user.is_superuser else []
        roles += list(user.groups.order_by("name").values_list("name", flat=True))
        if town:
            roles.append("Orte: " + ", ".join(user.towns.values_list("name", flat=True)))
        self.stdout.write(f"{user.email}: {', '.join(roles)}. Die Einladung liegt im Postausgang.")
