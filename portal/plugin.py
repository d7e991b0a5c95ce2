"""The portal itself as regiokit sees it: its own search source, what its worker does and its own retention rules. No host mounts it."""

from regiokit.plugin import PeriodicTask, Plugin, RetentionRule

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
)
