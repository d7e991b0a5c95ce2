"""Empties the page cache when something changes that a public page may show.

Every change counts unless its model is known to be quiet: a new model that nobody thought of costs a little speed, never
an old page. Verbs that change rows without signals (`QuerySet.update`) reach the pages through the search's
`entries_changed`.
"""

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.images.models import AbstractRendition

from portal.pagecache.generation import begin_new
from regiokit.search.signals import entries_changed

QUIET_APPS = {"account", "admin", "contenttypes", "mfa", "sessions", "usersessions", "wagtailadmin", "wagtailsearch"}

QUIET_MODELS = {
    "accounts.endedsession",
    "accounts.session",
    "accounts.user",  # the day of the last sign-in
    "regiokit.outboxmail",
    # No public page shows anybody's notifications.
    "regiokit.alertposition",
    "regiokit.savedsearch",
    "regiokit.savedsearchanchor",
    "regiokit.savedsearchmatch",
    "regiokit.seenentry",
    "regiokit.searchmiss",
    # The search says itself when what it shows changed: `entries_changed`.
    "regiokit.searchchange",
    "regiokit.searchcombination",
    "regiokit.searchentry",
    "regiokit.searchindex",
    "regiokit.searchsuggestion",
    "regiokit.searchword",
    "regiokit.workerbeat",
    "wagtailcore.grouppagepermission",
    "wagtailcore.modellogentry",
    "wagtailcore.pagelogentry",
    "wagtailcore.pagesubscription",
    "wagtailcore.referenceindex",
    "wagtailcore.revision",
    "wagtailcore.taskstate",
    "wagtailcore.workflowstate",
}

FIELDS_OF_DRAFTS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
"""Wagtail writes these when somebody saves a draft; a public page shows none of them."""


@receiver(post_save)
@receiver(post_delete)
@receiver(m2m_changed)
def empty_after_change(sender, update_fields=None, **_kwargs):
    """Begin a new generation after the running transaction, unless the change is a quiet one."""
    if is_quiet(sender) or (update_fields and FIELDS_OF_DRAFTS.issuperset(update_fields)):
        return
    transaction.on_commit(begin_new)


@receiver(entries_changed)
def empty_after_search(sender, **_kwargs):
    """Begin a new generation: lists are drawn from the search, which is written after the commit."""
    begin_new()


def is_quiet(model) -> bool:
    """Whether no public page shows anything of this model."""
    meta = model._meta
    return meta.app_label in QUIET_APPS or meta.label_lower in QUIET_MODELS or issubclass(model, AbstractRendition)
