"""What the plugin does when Wagtail has done something."""

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.dispatch import receiver
from wagtail.signals import published, task_rejected

from ehrenamt.domain import offers
from ehrenamt.models import Enquiry, Offer
from ehrenamt.search import source
from regiokit import conf
from regiokit.listings.domain import ensure_workflow
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


def set_up_review(sender, **kwargs):
    """Give offers their review, and moderators the right to see enquiries that came by telephone. Changes nothing twice."""
    # Django creates permissions in a receiver of its own, which may run after this one.
    create_permissions(sender, verbosity=0, using=kwargs.get("using", "default"))
    ensure_workflow(Offer)
    group = Group.objects.get(name=conf.moderators())
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label=Enquiry._meta.app_label, codename__in=["view_enquiry", "change_enquiry"]
        )
    )
