"""Addresses of public offers for search engines."""

from django.contrib.sitemaps import Sitemap

from ehrenamt.models import Offer


class OfferSitemap(Sitemap):
    """Every public offer; `lastmod` is its last publication."""

    limit = 1000

    def items(self):
        """Return the public offers in a stable order."""
        return Offer.objects.published().only("pk", "title", "last_published_at").order_by("pk")

    def lastmod(self, offer):
        """Return when the offer was last published."""
        return offer.last_published_at
