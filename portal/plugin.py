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
            what="Gemeldete Barrieren",
            begins="nach unserer Antwort",
            days=365,
            erase="portal.duties.domain.reports.erase",
        ),
    ),
)
