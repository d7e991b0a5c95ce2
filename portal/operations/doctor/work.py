"""Checks of the daily work: worker, mails, search, places, backup."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model, load_backend
from django.utils import timezone

from portal.accounts.domain.factor import FACTORS
from portal.accounts.domain.staff import ADMIN_ACCESS
from portal.operations import stamp
from portal.operations.doctor.registry import Finding, check, error, good, warning
from regiokit import conf, worker
from regiokit.mail.models import OutboxMail
from regiokit.mail.sending import oldest_waiting_seconds
from regiokit.places.models import Municipality
from regiokit.search import domain as search
from regiokit.search.engines import EngineDown

OLDEST_BEAT = timedelta(minutes=5)
OLDEST_MAIL = timedelta(minutes=15)
OLDEST_BACKUP = timedelta(days=2)
LONGEST_QUEUE = 1000
"""Entries that may wait for the search after a busy minute."""


@check("Arbeitsprozess", database=True)
def worker_alive() -> Finding:
    """Without it no mail goes out and nothing is erased."""
    beat = worker.last_beat()
    if beat is None:
        return error("Der Arbeitsprozess lief noch nie.", "manage.py run_worker als Dienst einrichten (portal-worker).")
    if timezone.now() - beat > OLDEST_BEAT:
        minutes = (timezone.now() - beat).total_seconds() / 60
        return error(f"Der Arbeitsprozess steht seit {minutes:.0f} Minuten.", "systemctl restart portal-worker")
    return good("arbeitet")


@check("Wiederkehrende Aufgaben", database=True)
def tasks() -> Finding:
    """Which failed at their last run."""
    if failed := worker.failed_tasks():
        return error(
            f"Zuletzt gescheitert: {', '.join(failed)}.",
            "Das Protokoll nennt den Grund; die Aufgabe läuft von selbst wieder.",
        )
    return good("keine gescheitert")


@check("Postausgang", database=True)
def outbox() -> Finding:
    """Mails that wait too long or were given up."""
    seconds = oldest_waiting_seconds()
    if seconds > OLDEST_MAIL.total_seconds():
        return error(
            f"Die älteste fällige Mail wartet seit {seconds / 60:.0f} Minuten.", "Arbeitsprozess und EMAIL_URL prüfen."
        )
    if failed := OutboxMail.objects.filter(state=OutboxMail.State.FAILED).count():
        return warning(
            f"Aufgegebene Mails: {failed}.", "In der Redaktion unter „Postausgang“ nachsehen, warum, und anrufen."
        )
    return good("leer oder unterwegs")


@check("Suche", database=True)
def search_entries() -> Finding:
    """Whether the search knows what is live."""
    if wrong := search.differing():
        return warning(f"{wrong} Einträge der Suche stimmen nicht.", "manage.py check_search --repair")
    return good("stimmt mit den Inhalten überein")


@check("Suchmaschine", database=True)
def search_engine() -> Finding:
    """Whether the engine in use answers, has what it should and keeps up."""
    try:
        outdated = [f"{key} ({engine})" for engine, keys in search.outdated().items() for key in keys]
    except EngineDown as failure:
        return error(
            f"Elasticsearch antwortet nicht; die Datenbank springt ein ({failure}).",
            "Läuft Elasticsearch? Stimmt ELASTICSEARCH_URL? Ist dort die Platte voll?",
        )
    if outdated:
        return error(f"Der Suchindex fehlt oder ist veraltet: {', '.join(outdated)}.", "manage.py rebuild_search")
    for engine, number in search.waiting().items():
        if number > LONGEST_QUEUE:
            return warning(
                f"{number} Einträge warten darauf, in die Suche zu kommen ({engine}).",
                "Arbeitet der Arbeitsprozess? systemctl status portal-worker",
            )
    return good(f"{conf.search_engine()}, auf dem Laufenden")


@check("Orte der Region", database=True)
def places() -> Finding:
    """Without towns there is no form and no map."""
    count = Municipality.objects.filter(county_ags=settings.REGION.ags).count()
    if not count:
        return error(f"Für {settings.REGION.name} sind keine Orte geladen.", "manage.py prepare")
    return good(f"{count} Gemeinden")


@check("Zweiter Faktor", database=True)
def second_factor() -> Finding:
    """Staff who sign in without one."""
    # The same question as `may_enter_admin`, in one query: groups open the admin, Django's `is_staff` does not.
    staff = load_backend(settings.AUTHENTICATION_BACKENDS[0]).with_perm(ADMIN_ACCESS)
    with_factor = get_user_model().objects.filter(authenticator__type__in=FACTORS)
    without = staff.exclude(pk__in=with_factor.values("pk")).count()
    if without and settings.MODE == "production":
        return warning(f"Beschäftigte ohne zweiten Faktor: {without}.", "Bitten Sie sie, sich einmal anzumelden.")
    return good("alle haben einen" if not without else "nur im Betrieb verlangt")


@check("Sicherung")
def backup() -> Finding:
    """How old the last archive is."""
    made = stamp.last(settings.ENV.var)
    say = error if settings.MODE == "production" else warning
    if made is None:
        return say(
            "Es gibt noch keine Sicherung.", "manage.py backup --to ORDNER --keep 14, jede Nacht (portal-backup.timer)."
        )
    days = (timezone.now() - made.at) / timedelta(days=1)
    if days > OLDEST_BACKUP / timedelta(days=1):
        return say(f"Die letzte Sicherung ist {days:.0f} Tage alt.", "systemctl status portal-backup.timer")
    return good(f"{made.at:%d.%m.%Y}, {made.size / 1024 / 1024:.0f} MB")
