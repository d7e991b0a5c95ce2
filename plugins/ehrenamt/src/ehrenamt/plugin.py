"""The declaration of the plugin: strings and numbers only."""

from regiokit.plugin import Door, Figure, LiveBlock, MenuEntry, PeriodicTask, Plugin, RetentionRule

plugin = Plugin(
    app="ehrenamt",
    title="Ehrenamt",
    urls="ehrenamt.urls",
    prefix="ehrenamt/",
    api="ehrenamt.api.router",
    sitemap="ehrenamt.sitemaps.OfferSitemap",
    demo="ehrenamt.demo.load",
    menu=(
        MenuEntry(label="Ehrenamt", url_name="ehrenamt:offers"),
        MenuEntry(
            label="Mein Verein",
            url_name="ehrenamt:my_offers",
            area="account",
            text="Angebote einstellen und ändern, Anfragen beantworten.",
        ),
    ),
    doors=(
        Door(
            title="Engagement finden",
            text="Aufgaben in Vereinen und Initiativen, nach Ort, Zeit und Bereich.",
            url_name="ehrenamt:offers",
        ),
    ),
    figures=(
        Figure(label="Angebote für Engagement", count="ehrenamt.domain.browsing.published_count"),
        Figure(label="Vereine und Initiativen suchen Menschen", count="ehrenamt.domain.browsing.organisation_count"),
    ),
    live=LiveBlock(
        label="Neue Angebote im Ehrenamt",
        entries="ehrenamt.domain.browsing.fresh_offers",
        template="ehrenamt/live_offers.html",
        more_url_name="ehrenamt:offers",
        more_label="Alle Angebote ansehen",
    ),
    search_sources=("ehrenamt.search.source",),
    retention=(
        RetentionRule(
            what="Anfragen zum Ehrenamt, die nicht bestätigt wurden",
            begins="nach dem Absenden",
            days=2,
            erase="ehrenamt.privacy.erase_unconfirmed",
        ),
        RetentionRule(
            what="Anfragen zum Ehrenamt und ihre Antworten",
            begins="nach der letzten Änderung",
            days=180,
            erase="ehrenamt.privacy.erase_enquiries",
        ),
    ),
    periodic=(PeriodicTask(run="ehrenamt.domain.offers.refresh_ended_offers", every_minutes=60),),
)
