"""Keeps the search in step with what Wagtail publishes and organisations change. Called from a plugin's `receivers`."""

from wagtail.signals import published, unpublished

from regiokit.listings.models import Listing
from regiokit.organisations.signals import organisation_changed
from regiokit.search import domain
from regiokit.search.contract import SearchSource


def keep_in_search(model: type[Listing], source: SearchSource) -> None:
    """Write an entry to the search after it was published, and take it out after it was unpublished or deleted.

    Its organisation's name can be searched too, so the entry is also written after the organisation changed. Hangs on
    Wagtail's signals, so that it also happens when staff act in Wagtail's own views.
    """
    from django.db.models.signals import post_delete

    def changed(sender, instance, **_kwargs):
        domain.update(source, instance.pk)

    def organisation_did_change(sender, organisation, **_kwargs):
        domain.update(source, *model.objects.filter(organisation=organisation, live=True).values_list("pk", flat=True))

    label = model._meta.label_lower
    published.connect(changed, sender=model, weak=False, dispatch_uid=f"regiokit.search.published.{label}")
    unpublished.connect(changed, sender=model, weak=False, dispatch_uid=f"regiokit.search.unpublished.{label}")
    post_delete.connect(changed, sender=model, weak=False, dispatch_uid=f"regiokit.search.deleted.{label}")
    organisation_changed.connect(
        organisation_did_change, weak=False, dispatch_uid=f"regiokit.search.organisation_changed.{label}"
    )
