"""What the plugin does when Wagtail has done something."""

from django.dispatch import receiver
from wagtail.signals import published, task_rejected

from ehrenamt.domain import offers
from ehrenamt.models import Offer
from ehrenamt.search import source
from regiokit.listings.feeding import keep_in_search

keep_in_search(Offer, source)


@receiver(published, sender=Offer)
def offer_was_published(sender, instance, **_kwargs):
    """Tell the association and the listeners."""
    offers.note_publication(instance)


@receiver(task_rejected)
def offer_was_returned(sender, instance, **_kwargs):
    """Tell the association why its offer came back."""
    offer = instance.workflow_state.content_object
    if isinstance(offer, Offer):
        offers.note_return(offer.get_latest_revision_as_object(), reason=instance.comment)
