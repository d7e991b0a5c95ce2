"""The page cache as an app, so that its receivers are connected."""

from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    """Connects what empties the cache."""

    name = "portal.pagecache"
    label = "pagecache"

    def ready(self):
        """Listen to changes."""
        from portal.pagecache import receivers  # noqa: F401
