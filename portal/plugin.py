"""The portal itself as regiokit sees it: its own search source and its own retention rule. No host mounts it."""

from regiokit.plugin import Plugin, RetentionRule

plugin = Plugin(
    app="portal",
    title="Portal",
    urls="portal.duties.urls",
    prefix="portal/",
    search_sources=("portal.sitesearch.pages.source",),
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
    ),
)
