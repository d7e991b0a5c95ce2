"""The portal itself as regiokit sees it: search source, tasks of the worker, retention rules, what waits. No host mounts it."""

from regiokit.plugin import SOMETIME, SOON, URGENT, PeriodicTask, Plugin, RetentionRule, Waiting

plugin = Plugin(
    app="portal",
    title="Portal",
    urls="portal.duties.urls",
    prefix="portal/",
    search_sources=("portal.sitesearch.pages.source",),
    periodic=(PeriodicTask(run="portal.sitesearch.pages.forget_past", every_minutes=15),),
    retention=(
        RetentionRule(
            what="Konten, mit denen sich niemand mehr anmeldet und die für keine Organisation allein handeln",
            begins="nach der letzten Anmeldung",
            days=730,
            erase="portal.accounts.domain.retention.erase_idle",
        ),
        RetentionRule(
            what="Anmeldungen auf Geräten: Browser, System und letzte Nutzung",
            begins="nach der letzten Nutzung",
            days=14,
            erase="portal.accounts.domain.retention.erase_sessions",
        ),
        RetentionRule(
            what="Begonnene Registrierungen ohne bestätigten Code",
            begins="nach dem Beginn",
            days=2,
            erase="portal.accounts.domain.retention.erase_never_used",
        ),
        RetentionRule(
            what="Gemeldete Barrieren",
            begins="nach unserer Antwort",
            days=365,
            erase="portal.duties.domain.reports.erase",
        ),
        RetentionRule(
            what="Angaben aus den Formularen der Redaktion (die Frist steht unter jedem Formular)",
            begins="nach dem Senden, spätestens",
            days=365,
            erase="portal.editorial.domain.erase_submissions",
        ),
    ),
    waiting=(
        Waiting(
            label="Gemeldete Barrieren, deren Antwort fällig wird",
            found="portal.duties.waiting.reports",
            permission="duties.view_barrierreport",
            url_name="barriers:index",
            query="state=open",
            urgency=URGENT,
        ),
        Waiting(
            label="Seiten zu prüfen",
            found="portal.editorial.waiting.pages_to_review",
            permission="wagtailadmin.access_admin",
            url_name="wagtailadmin_reports:workflow_tasks",
            query="status=in_progress",
            urgency=SOON,
        ),
        Waiting(
            label="Ratgeber, die seit einem Jahr niemand geprüft hat",
            found="portal.editorial.waiting.unchecked_guides",
            permission="wagtailadmin.access_admin",
            urgency=SOMETIME,
        ),
        Waiting(
            label="Erklärungen, die jedes Jahr zu erneuern sind",
            found="portal.duties.waiting.statements",
            permission="duties.view_barrierreport",
            urgency=SOMETIME,
        ),
    ),
)
