"""Follows Wagtail: what is published is found, what is taken back is not."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.sitesearch.pages import source
from regiokit.search.domain import update


@receiver(page_published)
@receiver(page_unpublished)
def bring_up_to_date(sender, instance, **kwargs):
    """Write or remove the entry of one page."""
    update(source, instance.pk)


@receiver(post_page_move)
def follow_move(sender, instance, **kwargs):
    """Look at every page that moved along: it may stand in a closed part of the tree now."""
    update(source, *instance.get_descendants(inclusive=True).values_list("pk", flat=True))


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def follow_restriction(sender, instance, **kwargs):
    """Look again at every page that stands behind a restriction which is new, changed or gone."""
    update(source, *instance.page.get_descendants(inclusive=True).values_list("pk", flat=True))


@receiver(post_delete, sender=Page)
def forget(sender, instance, **kwargs):
    """Remove the entry of a deleted page."""
    update(source, instance.pk)
