"""The published spaces for search engines."""

from django.contrib.sitemaps import Sitemap

from coworking.models import Space


class SpaceSitemap(Sitemap):
    """All published spaces with the moment of their last change."""

    changefreq = "weekly"

    def items(self):
        """Return the published spaces."""
        return Space.objects.published().order_by("pk")

    def lastmod(self, space):
        """Return when the space was last published (UTC)."""
        return space.last_published_at
