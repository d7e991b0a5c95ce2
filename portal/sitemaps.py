"""The sitemap: editors' pages, duties, and whatever each plugin lists."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.models import Page, Site

from portal.editorial.models.base import for_everybody
from portal.editorial.models.events import without_past
from regiokit.plugin import load

DUTIES = ("contact", "accessibility", "barrier_report", "privacy", "imprint")


class PageSitemap(Sitemap):
    """Every public page below the default site's home; events leave when they are over."""

    def items(self):
        """Return the pages in the order of the tree."""
        site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        if site is None:
            return Page.objects.none()
        pages = Page.objects.descendant_of(site.root_page, inclusive=True)
        return without_past(for_everybody(pages)).order_by("path")

    def location(self, item):
        """Return the page's path."""
        return item.get_url()

    def lastmod(self, item):
        """Return when it was last published (UTC)."""
        return item.last_published_at


class DutySitemap(Sitemap):
    """The pages that the law wants."""

    def items(self):
        """Return the names of their addresses."""
        return DUTIES

    def location(self, item):
        """Return the path."""
        return reverse(item)


sitemaps = {
    "pages": PageSitemap,
    "duties": DutySitemap,
    **{plugin.app: load(plugin.sitemap) for plugin in settings.PLUGINS if plugin.sitemap},
}
