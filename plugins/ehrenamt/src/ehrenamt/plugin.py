"""The declaration of the plugin: strings and numbers only."""

from regiokit.plugin import (
    SOMETIME,
    SOON,
    URGENT,
    Door,
    Figure,
    LiveBlock,
    MenuEntry,
    PeriodicTask,
    Plugin,
    RetentionRule,
    Waiting,
)

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
    waiting=(
        Waiting(
            label="Menschen, die auf einen Anruf warten",
            found="ehrenamt.waiting.calls",
            permission="ehrenamt.change_enquiry",
            url_name="ehrenamt_calls",
            urgency=URGENT,
        ),
        Waiting(
            label="Angebote zu prüfen",
            found="ehrenamt.waiting.offers_to_approve",
            permission="ehrenamt.change_offer",
            url_name="wagtailadmin_reports:workflow_tasks",
            query="status=in_progress",
            urgency=SOON,
        ),
        Waiting(
            label="Anfragen, die seit einer Woche niemand beantwortet",
            found="ehrenamt.waiting.unanswered_enquiries",
            permission="ehrenamt.view_enquiry",
            url_name="ehrenamt_enquiries:index",
            query="state=waiting&o=5",
            urgency=SOON,
        ),
        Waiting(
            label="Angebote, die seit einem Jahr niemand bestätigt hat",
            found="ehrenamt.waiting.unconfirmed_offers",
            permission="ehrenamt.change_offer",
            url_name="wagtailsnippets_ehrenamt_offer:list",
            query="live=true",
            urgency=SOMETIME,
        ),
    ),
)
