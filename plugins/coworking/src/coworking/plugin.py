"""The declaration: everything a host reads of this plugin."""

from regiokit.plugin import (
    SOMETIME,
    SOON,
    URGENT,
    Desk,
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
    app="coworking",
    title="Coworking",
    urls="coworking.urls",
    prefix="coworking/",
    api="coworking.api.router",
    sitemap="coworking.sitemaps.SpaceSitemap",
    demo="coworking.demo.load",
    health="coworking.domain.trial_days.health",
    menu=(
        MenuEntry(label="Arbeitsplätze", url_name="coworking:spaces"),
        MenuEntry(
            label="Meine Arbeitsorte",
            url_name="coworking:my_spaces",
            area="account",
            text="Probetage beantworten, Öffnungszeiten und Preise pflegen, einen Arbeitsort eintragen",
        ),
    ),
    doors=(
        Door(
            title="Arbeitsplatz in der Nähe",
            text="Arbeiten Sie dort, wo Sie wohnen: Schreibtische im Dorf und in der Stadt, mit Probetag.",
            url_name="coworking:spaces",
        ),
    ),
    figures=(
        Figure(label="Arbeitsorte", count="coworking.domain.lists.count_spaces"),
        Figure(label="Schreibtische", count="coworking.domain.lists.count_desks"),
    ),
    live=LiveBlock(
        label="Arbeitsorte in der Nähe",
        entries="coworking.domain.lists.live_spaces",
        template="coworking/live_spaces.html",
        more_url_name="coworking:spaces",
        more_label="Alle Arbeitsorte ansehen",
    ),
    search_sources=("coworking.search.source",),
    retention=(
        RetentionRule(
            what="Anfragen nach einem Probetag, deren E-Mail-Adresse nicht bestätigt wurde",
            begins="nach dem Absenden",
            days=2,
            erase="coworking.privacy.erase_unconfirmed",
        ),
        RetentionRule(
            what="Probetage: Name, E-Mail-Adresse, Telefon und Nachricht",
            begins="nach dem gewünschten Tag",
            days=180,
            erase="coworking.privacy.erase_past",
        ),
    ),
    desk=Desk(
        title="Coworking-Koordination",
        text="Kümmert sich um Arbeitsorte: prüft und gibt sie frei, hilft bei Probetagen am Telefon.",
        permissions=("view_space", "change_space", "publish_space", "lock_space", "unlock_space", "view_trialday"),
    ),
    periodic=(PeriodicTask(run="coworking.domain.trial_days.lapse_trial_days", every_minutes=5),),
    waiting=(
        Waiting(
            label="Probetage, die bald verfallen",
            found="coworking.waiting.lapsing_trial_days",
            permission="coworking.view_trialday",
            url_name="coworking_trial_days:index",
            query="state=requested&o=6",
            urgency=URGENT,
        ),
        Waiting(
            label="Arbeitsorte zu prüfen",
            found="coworking.waiting.spaces_to_approve",
            permission="coworking.change_space",
            url_name="wagtailadmin_reports:workflow_tasks",
            query="status=in_progress",
            urgency=SOON,
        ),
        Waiting(
            label="Arbeitsorte, die seit einem Jahr niemand bestätigt hat",
            found="coworking.waiting.unconfirmed_spaces",
            permission="coworking.change_space",
            url_name="wagtailsnippets_coworking_space:list",
            query="live=true",
            urgency=SOMETIME,
        ),
    ),
)
